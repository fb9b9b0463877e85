package dev.weir.benchmarks.city;

import com.carrotsearch.hppc.IntArrayList;
import dev.weir.benchmarks.city.Network.Restriction;
import java.util.BitSet;
import java.util.List;

/**
 * A made-up city of a wished size: the same seed and size make the same city, node for node.
 *
 * @param layout what is where
 * @param network all that was laid
 * @param kept what of it belongs to the city
 */
record City(long seed, Layout layout, Network network, Kept kept) {

  static final int LEAST_NODES = 10_000;
  static final int MOST_NODES = 5_000_000;

  /** About so many nodes there are to a quarter; where the search for a radius begins. */
  private static final double NODES_OF_A_QUARTER = 75;

  private static final int ATTEMPTS = 8;
  private static final double CLOSE_ENOUGH = 0.005;

  /**
   * @param nodes wished; it gets them within a few per cent
   */
  static City of(long seed, int nodes) {
    double radius = Math.sqrt(nodes / (Math.PI * NODES_OF_A_QUARTER));
    City best = build(seed, radius);
    City last = best;
    for (int i = 1; i < ATTEMPTS && best.miss(nodes) > CLOSE_ENOUGH; i++) {
      radius *= Math.sqrt((double) nodes / last.kept.nodes());
      last = build(seed, radius);
      best = last.miss(nodes) < best.miss(nodes) ? last : best;
    }
    return best;
  }

  /** The restrictions between ways that were kept. */
  List<Restriction> restrictions() {
    BitSet ways = kept.ways();
    return network.restrictions().stream()
        .filter(restriction -> ways.get(restriction.from()) && ways.get(restriction.to()))
        .toList();
  }

  /** The node that bears the name of the city. */
  int label() {
    return kept.nodeBits().nextSetBit(0);
  }

  private double miss(int nodes) {
    return Math.abs((double) kept.nodes() / nodes - 1);
  }

  private static City build(long seed, double radius) {
    Dice dice = new Dice(seed);
    Layout layout = new Layout(dice, radius);
    Network network = new Network();
    Crossings crossings = new Crossings(network, layout, dice.named("roundabouts"));
    Arterials arterials = new Arterials(network, layout, crossings, dice);
    arterials.lay();
    new Quarters(network, layout, arterials, dice).lay();
    new Motorways(network, layout, crossings, dice).lay();
    new Restrictions(network, layout, crossings, arterials, dice).lay();
    rivers(network, layout);
    return new City(seed, layout, network, Kept.of(network));
  }

  private static void rivers(Network network, Layout layout) {
    int name = 0;
    for (River river : layout.rivers()) {
      IntArrayList nodes = new IntArrayList();
      for (double along = river.from(); along < river.to(); along += 0.4) {
        double across = river.middle(along);
        double u = river.eastward() ? along : across;
        double v = river.eastward() ? across : along;
        nodes.add(network.addNode(layout.latitude(u, v), layout.longitude(u, v)));
      }
      network.addWay(Kind.RIVER, Form.PLAIN, name++, nodes);
    }
  }
}
