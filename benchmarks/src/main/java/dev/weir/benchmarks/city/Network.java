package dev.weir.benchmarks.city;

import com.carrotsearch.hppc.IntArrayList;
import java.util.ArrayList;
import java.util.List;

/**
 * The nodes and ways of a city, as they are laid. Nodes take 8 bytes and references 4, so that five
 * million nodes fit into a small heap. Not thread-safe.
 */
final class Network {

  /**
   * A way; its nodes are {@link #node} of the numbers from {@code first} to below {@code end}.
   *
   * @param name see {@link Names}
   */
  record Way(Kind kind, Form form, int name, int first, int end) {}

  /** Who comes along one way may not go everywhere; ways and the node are numbers. */
  record Restriction(int from, int via, int to, String type) {}

  private final IntArrayList latitudes = new IntArrayList();
  private final IntArrayList longitudes = new IntArrayList();
  private final IntArrayList references = new IntArrayList();
  private final List<Way> ways = new ArrayList<>();
  private final List<Restriction> restrictions = new ArrayList<>();

  /**
   * @param latitude in units of 1e-7 degrees
   * @param longitude in units of 1e-7 degrees
   * @return its number
   */
  int addNode(int latitude, int longitude) {
    latitudes.add(latitude);
    longitudes.add(longitude);
    return latitudes.size() - 1;
  }

  /** Its number. */
  int addWay(Kind kind, Form form, int name, IntArrayList nodes) {
    int first = references.size();
    references.addAll(nodes);
    ways.add(new Way(kind, form, name, first, references.size()));
    return ways.size() - 1;
  }

  void restrict(Restriction restriction) {
    restrictions.add(restriction);
  }

  int nodes() {
    return latitudes.size();
  }

  int latitude(int node) {
    return latitudes.get(node);
  }

  int longitude(int node) {
    return longitudes.get(node);
  }

  /** The node at one of the places that a way names. */
  int node(int reference) {
    return references.get(reference);
  }

  List<Way> ways() {
    return ways;
  }

  List<Restriction> restrictions() {
    return restrictions;
  }
}
