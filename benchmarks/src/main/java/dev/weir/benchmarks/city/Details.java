package dev.weir.benchmarks.city;

import com.carrotsearch.hppc.IntArrayList;

/** What is between crossings: bends, alleys, and the outlines of parks. */
final class Details {

  /** About so far apart are the nodes of a street. */
  private static final double STRAIGHT_METERS = 80;

  private static final int MOST_BENDS = 5;

  /** How far a street leaves the straight line, in its lengths. */
  private static final double BEND = 0.06;

  private static final double ALLEYS = 0.1;
  private static final double ALLEY_METERS = 35;
  private static final int PARK_CORNERS = 12;

  private final Network network;
  private final Layout layout;
  private final Dice bends;
  private final Dice alleys;
  private final Dice parks;

  Details(Network network, Layout layout, Dice dice) {
    this.network = network;
    this.layout = layout;
    this.bends = dice.named("bends of streets");
    this.alleys = dice.named("alleys");
    this.parks = dice.named("park borders");
  }

  /** Leads a street from the node it is at to just before another one. */
  void between(Street street, double u1, double v1, double u2, double v2) {
    if (layout.water(u1, v1, u2, v2)) {
      return;
    }
    long here = layout.latitude(u1, v1);
    long there = layout.longitude(u2, v2);
    double length = StrictMath.hypot(u2 - u1, v2 - v1);
    double wish = length * Layout.QUARTER_METERS / STRAIGHT_METERS + bends.unit(here, there) - 0.5;
    int nodes = Math.clamp((int) wish, 0, MOST_BENDS);
    double bend = BEND * (2 * bends.unit(there, here) - 1);
    int alleyAt = alleys.chance(ALLEYS, here, there) ? (nodes + 1) / 2 : 0;
    for (int i = 1; i <= nodes; i++) {
      double part = (double) i / (nodes + 1);
      double aside = 4 * bend * part * (1 - part);
      double u = u1 + part * (u2 - u1) - aside * (v2 - v1);
      double v = v1 + part * (v2 - v1) + aside * (u2 - u1);
      int node = lay(u, v);
      street.to(node, u, v);
      if (i == alleyAt) {
        alley(node, u, v, (v1 - v2) / length, (u2 - u1) / length);
      }
    }
  }

  private int lay(double u, double v) {
    return network.addNode(layout.latitude(u, v), layout.longitude(u, v));
  }

  private void alley(int from, double u, double v, double towardsU, double towardsV) {
    double length = ALLEY_METERS / Layout.QUARTER_METERS;
    double endU = u + length * towardsU;
    double endV = v + length * towardsV;
    Street alley = new Street(network, layout, Kind.SERVICE, Form.PLAIN, Names.NONE, false);
    alley.to(from, u, v);
    alley.to(lay(endU, endV), endU, endV);
    alley.cut();
  }

  /** Draws the border of a park that fills a quarter. */
  void park(int a, int b) {
    IntArrayList border = new IntArrayList();
    for (int i = 0; i < PARK_CORNERS; i++) {
      double angle = 2 * Math.PI * i / PARK_CORNERS;
      double far = 0.35 + 0.1 * parks.unit(a, (long) b * PARK_CORNERS + i);
      border.add(lay(a + 0.5 + far * StrictMath.cos(angle), b + 0.5 + far * StrictMath.sin(angle)));
    }
    border.add(border.get(0));
    network.addWay(Kind.PARK, Form.PLAIN, parks.pick(Integer.MAX_VALUE, a, b), border);
  }
}
