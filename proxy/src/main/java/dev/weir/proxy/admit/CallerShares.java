package dev.weir.proxy.admit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts what each caller has in the house and says when it is enough. Thread-safe. Holds one entry
 * per caller that has something in the house, so never more than there are places.
 */
final class CallerShares {

  private final int most;
  private final boolean limited;
  private final Map<String, Integer> held = new ConcurrentHashMap<>();

  private CallerShares(int most, boolean limited) {
    this.most = most;
    this.limited = limited;
  }

  /**
   * @param share part of the places that one caller may hold; 1.0 means that nobody counts
   */
  static CallerShares of(double share, int places) {
    return new CallerShares(Math.max(1, (int) Math.ceil(share * places)), share < 1.0);
  }

  boolean full(String caller) {
    return limited && held.getOrDefault(caller, 0) >= most;
  }

  boolean take(String caller) {
    if (!limited) {
      return true;
    }
    boolean[] taken = {false};
    held.compute(
        caller,
        (name, count) -> {
          int now = count == null ? 0 : count;
          taken[0] = now < most;
          return taken[0] ? now + 1 : now;
        });
    return taken[0];
  }

  void giveBack(String caller) {
    if (limited) {
      held.computeIfPresent(caller, (name, count) -> count == 1 ? null : count - 1);
    }
  }
}
