package dev.weir.benchmarks.city;

import dev.weir.benchmarks.city.Crossings.Arm;
import java.util.List;

/** Turns that are forbidden where arterial roads cross. */
final class Restrictions {

  private static final double CROSSINGS = 0.12;
  private static final double NO_LEFT_TURN = 0.75;

  /** The order makes the arm after the one that somebody comes from the one to the left. */
  private static final List<Arm> CLOCKWISE = List.of(Arm.NORTH, Arm.EAST, Arm.SOUTH, Arm.WEST);

  private final Network network;
  private final Layout layout;
  private final Crossings crossings;
  private final Arterials arterials;
  private final Dice dice;

  Restrictions(
      Network network, Layout layout, Crossings crossings, Arterials arterials, Dice dice) {
    this.network = network;
    this.layout = layout;
    this.crossings = crossings;
    this.arterials = arterials;
    this.dice = dice.named("restrictions");
  }

  void lay() {
    int reach = layout.reach();
    for (int a = 1 - reach; a < reach; a++) {
      for (int b = 1 - reach; b < reach; b++) {
        int node = crossings.plain(a, b);
        if (node != Street.NONE && dice.chance(CROSSINGS, a, b)) {
          restrict(a, b, node);
        }
      }
    }
  }

  private void restrict(int a, int b, int node) {
    int arm = dice.pick(CLOCKWISE.size(), b, a);
    boolean left = dice.unit(b, a) < NO_LEFT_TURN;
    int from = arterials.wayAt(a, b, CLOCKWISE.get(arm));
    int onward = arterials.wayAt(a, b, CLOCKWISE.get((arm + (left ? 1 : 2)) % CLOCKWISE.size()));
    if (from != Street.NONE && onward != Street.NONE) {
      String type = left ? "no_left_turn" : "only_straight_on";
      network.restrict(new Network.Restriction(from, node, onward, type));
    }
  }
}
