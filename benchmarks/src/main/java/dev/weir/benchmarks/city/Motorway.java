package dev.weir.benchmarks.city;

import com.carrotsearch.hppc.IntArrayList;

/**
 * A motorway: a carriageway for each direction, which cross everything else without touching it.
 */
final class Motorway {

  /** From the middle of the motorway to that of a carriageway. */
  private static final double ASIDE = 14 / Layout.QUARTER_METERS;

  private static final int NODES_OF_A_WAY = 12;

  private final Network network;
  private final Layout layout;
  private final int name;
  private final double[] u;
  private final double[] v;
  private final boolean ring;
  private final int[] forward;
  private final int[] backward;

  /**
   * @param u of its middle, place by place; the last place of a ring is not the first
   */
  Motorway(Network network, Layout layout, int name, double[] u, double[] v, boolean ring) {
    this.network = network;
    this.layout = layout;
    this.name = name;
    this.u = u;
    this.v = v;
    this.ring = ring;
    this.forward = new int[u.length];
    this.backward = new int[u.length];
  }

  int length() {
    return u.length;
  }

  double u(int place) {
    return u[place];
  }

  double v(int place) {
    return v[place];
  }

  void lay() {
    for (int i = 0; i < u.length; i++) {
      int before = ring ? Math.floorMod(i - 1, u.length) : Math.max(0, i - 1);
      int after = ring ? (i + 1) % u.length : Math.min(u.length - 1, i + 1);
      double du = u[after] - u[before];
      double dv = v[after] - v[before];
      double scale = ASIDE / StrictMath.hypot(du, dv);
      forward[i] = node(u[i] + scale * dv, v[i] - scale * du);
      backward[i] = node(u[i] - scale * dv, v[i] + scale * du);
    }
    carriageway(true);
    carriageway(false);
  }

  private int node(double atU, double atV) {
    return network.addNode(layout.latitude(atU, atV), layout.longitude(atU, atV));
  }

  private void carriageway(boolean ahead) {
    int[] nodes = ahead ? forward : backward;
    Street street = new Street(network, layout, Kind.MOTORWAY, Form.ONE_WAY, name, true);
    int places = ring ? u.length + 1 : u.length;
    for (int i = 0; i < places; i++) {
      int place = (ahead ? i : places - 1 - i) % u.length;
      street.to(nodes[place], u[place], v[place]);
      if (i % NODES_OF_A_WAY == NODES_OF_A_WAY - 1) {
        street.cut();
        street.to(nodes[place], u[place], v[place]);
      }
    }
    street.cut();
  }

  /** Ramps from both carriageways down to a crossing beside a place, and up again. */
  void interchange(int place, int crossing) {
    leave(place - 2, place + 2, crossing);
    enter(place - 2, place + 2, crossing);
  }

  /** Where it begins, its traffic comes from a node and goes to it. */
  void beginAt(int node) {
    link(node, forward[0]);
    link(backward[0], node);
  }

  /** Where it ends, the same. */
  void endAt(int node) {
    link(forward[u.length - 1], node);
    link(node, backward[u.length - 1]);
  }

  /** Begins at another motorway, with a ramp for each way to turn. */
  void branchOff(Motorway other, int place) {
    other.leave(place - 2, place + 2, forward[0]);
    other.enter(place - 2, place + 2, backward[0]);
  }

  private void leave(int before, int after, int to) {
    link(forward[on(before)], to);
    link(backward[on(after)], to);
  }

  private void enter(int before, int after, int from) {
    link(from, forward[on(after)]);
    link(from, backward[on(before)]);
  }

  private int on(int place) {
    return ring ? Math.floorMod(place, u.length) : Math.clamp(place, 0, u.length - 1);
  }

  private void link(int from, int to) {
    IntArrayList ends = new IntArrayList(2);
    ends.add(from, to);
    network.addWay(Kind.MOTORWAY_LINK, Form.ONE_WAY, Names.NONE, ends);
  }
}
