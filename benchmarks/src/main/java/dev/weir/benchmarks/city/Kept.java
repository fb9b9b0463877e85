package dev.weir.benchmarks.city;

import dev.weir.benchmarks.city.Network.Way;
import java.util.BitSet;
import java.util.List;

/**
 * What of a network belongs to the city: its largest connected part, islands that were meant, and
 * what is no road. Stretches that a river or a gap has cut off are not. Immutable by agreement.
 *
 * @param ways bits of those kept
 * @param nodeBits bits of the nodes that they use
 * @param islandNodes how many of them are on islands
 */
record Kept(BitSet ways, BitSet nodeBits, int islandNodes) {

  static Kept of(Network network) {
    int[] parents = joined(network);
    int main = largest(parents);
    BitSet ways = new BitSet();
    BitSet nodes = new BitSet();
    BitSet islands = new BitSet();
    List<Way> all = network.ways();
    for (int i = 0; i < all.size(); i++) {
      Way way = all.get(i);
      boolean island = way.form() == Form.ISLAND;
      if (island || !way.kind().road() || root(parents, network.node(way.first())) == main) {
        ways.set(i);
        for (int reference = way.first(); reference < way.end(); reference++) {
          (island ? islands : nodes).set(network.node(reference));
        }
      }
    }
    nodes.or(islands);
    return new Kept(ways, nodes, islands.cardinality());
  }

  int nodes() {
    return nodeBits.cardinality();
  }

  /** A forest of the nodes that roads connect (Galler and Fischer, CACM 1964). */
  private static int[] joined(Network network) {
    int[] parents = new int[network.nodes()];
    for (int i = 0; i < parents.length; i++) {
      parents[i] = i;
    }
    for (Way way : network.ways()) {
      for (int reference = way.first() + 1;
          way.kind().road() && reference < way.end();
          reference++) {
        int one = root(parents, network.node(reference - 1));
        int other = root(parents, network.node(reference));
        parents[Math.max(one, other)] = Math.min(one, other);
      }
    }
    return parents;
  }

  private static int root(int[] parents, int node) {
    int at = node;
    while (parents[at] != at) {
      parents[at] = parents[parents[at]];
      at = parents[at];
    }
    return at;
  }

  private static int largest(int[] parents) {
    int[] sizes = new int[parents.length];
    int largest = 0;
    for (int i = 0; i < parents.length; i++) {
      int root = root(parents, i);
      if (++sizes[root] > sizes[largest]) {
        largest = root;
      }
    }
    return largest;
  }
}
