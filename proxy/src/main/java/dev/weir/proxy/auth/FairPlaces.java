package dev.weir.proxy.auth;

import java.util.HashMap;
import java.util.Map;

/**
 * Places for those who wait. A network may have as many as are left [1]: alone half of all, beside
 * another that wants all a third, and there is always one left for the next. Thread-safe.
 *
 * <p>[1] A. K. Choudhury, E. L. Hahne, "Dynamic Queue Length Thresholds for Shared-Memory Packet
 * Switches", IEEE/ACM Transactions on Networking 6(2), 1998.
 */
final class FairPlaces {

  private int left;

  /** Of networks that have any, so there are no more than places. */
  private final Map<String, Integer> taken = new HashMap<>();

  FairPlaces(int most) {
    left = most;
  }

  synchronized boolean tryTake(String network) {
    int own = taken.getOrDefault(network, 0);
    if (own >= left) {
      return false;
    }
    left--;
    taken.put(network, own + 1);
    return true;
  }

  /** To be called once for each that was taken. */
  synchronized void giveBack(String network) {
    left++;
    int own = taken.getOrDefault(network, 0) - 1;
    if (own > 0) {
      taken.put(network, own);
    } else {
      taken.remove(network);
    }
  }
}
