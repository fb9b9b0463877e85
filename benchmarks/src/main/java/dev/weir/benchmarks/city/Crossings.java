package dev.weir.benchmarks.city;

import com.carrotsearch.hppc.IntArrayList;
import java.util.Arrays;

/** Where arterial roads meet: in a node, or in a roundabout. Laid when first asked for. */
final class Crossings {

  /** The ways out of a crossing, in the order in which a roundabout passes them. */
  enum Arm {
    EAST(0),
    NORTH(2),
    WEST(4),
    SOUTH(6);

    private final int corner;

    Arm(int corner) {
      this.corner = corner;
    }
  }

  private static final int ROUNDABOUT_CORNERS = 8;

  /** 18 m. */
  private static final double ROUNDABOUT_RADIUS = 18 / Layout.QUARTER_METERS;

  private final Network network;
  private final Layout layout;
  private final Dice dice;
  private final int reach;
  private final int[] nodes;

  Crossings(Network network, Layout layout, Dice dice) {
    this.network = network;
    this.layout = layout;
    this.dice = dice;
    this.reach = layout.reach();
    int lines = 2 * reach + 1;
    this.nodes = new int[lines * lines];
    Arrays.fill(nodes, Street.NONE);
  }

  /** A number for every crossing, and for the quarter up and right of it. */
  int index(int a, int b) {
    return (a + reach) * (2 * reach + 1) + b + reach;
  }

  /** How many numbers there are. */
  int size() {
    return nodes.length;
  }

  /** The node that an arterial road begins or ends at. */
  int node(int a, int b, Arm arm) {
    int at = index(a, b);
    boolean roundabout = isRoundabout(a, b);
    if (nodes[at] == Street.NONE) {
      nodes[at] = roundabout ? layRoundabout(a, b) : lay(a, b);
    }
    return roundabout ? nodes[at] + arm.corner : nodes[at];
  }

  /** The node of a crossing that was laid, is on land and no roundabout; or none. */
  int plain(int a, int b) {
    return Math.abs(a) > reach
            || Math.abs(b) > reach
            || isRoundabout(a, b)
            || layout.nearWater(a, b, 0)
        ? Street.NONE
        : nodes[index(a, b)];
  }

  private boolean isRoundabout(int a, int b) {
    boolean large = Layout.arterial(a) != Kind.TERTIARY && Layout.arterial(b) != Kind.TERTIARY;
    return dice.chance(large ? 0.3 : 0.06, a, b) && !layout.nearWater(a, b, 0.1);
  }

  private int lay(double u, double v) {
    return network.addNode(layout.latitude(u, v), layout.longitude(u, v));
  }

  private int layRoundabout(int a, int b) {
    IntArrayList ring = new IntArrayList();
    for (int i = 0; i < ROUNDABOUT_CORNERS; i++) {
      double angle = 2 * Math.PI * i / ROUNDABOUT_CORNERS;
      ring.add(
          lay(
              a + ROUNDABOUT_RADIUS * StrictMath.cos(angle),
              b + ROUNDABOUT_RADIUS * StrictMath.sin(angle)));
    }
    ring.add(ring.get(0));
    Kind across = Layout.arterial(a);
    Kind along = Layout.arterial(b);
    Kind kind = across.compareTo(along) < 0 ? across : along;
    network.addWay(kind, Form.ROUNDABOUT, Names.NONE, ring);
    return ring.get(0);
  }
}
