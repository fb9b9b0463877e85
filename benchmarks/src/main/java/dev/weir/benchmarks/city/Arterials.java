package dev.weir.benchmarks.city;

import dev.weir.benchmarks.city.Crossings.Arm;
import java.util.Arrays;

/**
 * The roads along the lines of the lattice. Between two crossings, the streets of the quarters on
 * both sides join them, wherever each quarter has its own.
 */
final class Arterials {

  /** A longer stretch gets a node in its middle, so that it can be bent. */
  private static final double STRAIGHT = 0.17;

  private static final int[] NO_JOINTS = {};

  private final Network network;
  private final Layout layout;
  private final Crossings crossings;
  private final Dice names;
  private final Side north;
  private final Side east;

  /** What is known of all roads in one direction, by the crossing they begin at. */
  private static final class Side {

    final int[][] lower;
    final int[][] upper;
    final int[] firstWay;
    final int[] lastWay;

    Side(int crossings) {
      lower = new int[crossings][];
      upper = new int[crossings][];
      firstWay = new int[crossings];
      lastWay = new int[crossings];
      Arrays.fill(lower, NO_JOINTS);
      Arrays.fill(upper, NO_JOINTS);
      Arrays.fill(firstWay, Street.NONE);
      Arrays.fill(lastWay, Street.NONE);
    }
  }

  Arterials(Network network, Layout layout, Crossings crossings, Dice dice) {
    this.network = network;
    this.layout = layout;
    this.crossings = crossings;
    this.names = dice.named("arterials");
    this.north = new Side(crossings.size());
    this.east = new Side(crossings.size());
  }

  void lay() {
    int reach = layout.reach();
    for (int a = 1 - reach; a < reach; a++) {
      for (int b = 1 - reach; b < reach; b++) {
        if (layout.hasArterial(a, b, true)) {
          lay(a, b, true);
        }
        if (layout.hasArterial(a, b, false)) {
          lay(a, b, false);
        }
      }
    }
  }

  private void lay(int a, int b, boolean northward) {
    int line = northward ? a : b;
    Kind kind = Layout.arterial(line);
    int stretch = Math.floorDiv(northward ? b : a, 16);
    int name = names.pick(Integer.MAX_VALUE, northward ? 2L * line : 2L * line + 1, stretch);
    Street street = new Street(network, layout, kind, Form.PLAIN, name, kind != Kind.TERTIARY);
    Side side = northward ? north : east;
    int at = crossings.index(a, b);
    int[] lower = joints(northward ? layout.cuts(a - 1, b) : layout.cuts(a, b - 1));
    int[] upper = joints(layout.cuts(a, b));
    side.lower[at] = lower;
    side.upper[at] = upper;
    street.to(crossings.node(a, b, northward ? Arm.NORTH : Arm.EAST), a, b);
    joints(a, b, northward, street, lower, upper);
    int endA = northward ? a : a + 1;
    int endB = northward ? b + 1 : b;
    street.to(crossings.node(endA, endB, northward ? Arm.SOUTH : Arm.WEST), endA, endB);
    street.cut();
    side.firstWay[at] = street.firstWay();
    side.lastWay[at] = street.lastWay();
  }

  private static int[] joints(int cuts) {
    int[] joints = new int[cuts - 1];
    Arrays.fill(joints, Street.NONE);
    return joints;
  }

  /** Merges the joints of both sides: where two fall together they are one node. */
  private void joints(int a, int b, boolean northward, Street street, int[] lower, int[] upper) {
    int lowerCuts = lower.length + 1;
    int upperCuts = upper.length + 1;
    int i = 1;
    int j = 1;
    double before = 0;
    while (i < lowerCuts || j < upperCuts) {
      int order = Integer.compare(i * upperCuts, j * lowerCuts);
      double part = order <= 0 ? (double) i / lowerCuts : (double) j / upperCuts;
      shape(a, b, northward, street, before, part);
      int node = join(a, b, northward, street, part);
      if (order <= 0) {
        lower[i++ - 1] = node;
      }
      if (order >= 0) {
        upper[j++ - 1] = node;
      }
      before = part;
    }
    shape(a, b, northward, street, before, 1);
  }

  /** Gives a long stretch a node in its middle. */
  private void shape(int a, int b, boolean northward, Street street, double from, double to) {
    if (to - from > STRAIGHT) {
      join(a, b, northward, street, (from + to) / 2);
    }
  }

  private int join(int a, int b, boolean northward, Street street, double part) {
    double u = northward ? a : a + part;
    double v = northward ? b + part : b;
    if (layout.nearWater(u, v, 0)) {
      return Street.NONE;
    }
    int node = network.addNode(layout.latitude(u, v), layout.longitude(u, v));
    street.to(node, u, v);
    return node;
  }

  /**
   * The node that the i-th street of the quarter to the right (of a northward road) or above joins.
   */
  int upperJoint(int a, int b, boolean northward, int i) {
    return joint((northward ? north : east).upper[crossings.index(a, b)], i);
  }

  /** The same for the quarter to the left or below. */
  int lowerJoint(int a, int b, boolean northward, int i) {
    return joint((northward ? north : east).lower[crossings.index(a, b)], i);
  }

  private static int joint(int[] joints, int i) {
    return i <= joints.length ? joints[i - 1] : Street.NONE;
  }

  /** The way on land that touches a crossing from this side, or none. */
  int wayAt(int a, int b, Arm arm) {
    return switch (arm) {
      case EAST -> east.firstWay[crossings.index(a, b)];
      case NORTH -> north.firstWay[crossings.index(a, b)];
      case WEST -> east.lastWay[crossings.index(a - 1, b)];
      case SOUTH -> north.lastWay[crossings.index(a, b - 1)];
    };
  }
}
