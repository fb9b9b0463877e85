package dev.weir.proxy.transport.admin.live;

import dev.weir.proxy.path.Totals.Share;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who gets and asks for how much, as a moving average that forgets half in ten seconds. Of many
 * tenants the busiest are remembered. Not thread-safe.
 */
final class Tenants {

  /** More are not told apart. */
  static final int MOST = 256;

  private static final double HALF_LIFE_SECONDS = 10;
  private static final double NANOS_PER_SECOND = 1e9;

  /** Calls per second below which a tenant is forgotten. */
  private static final double SILENT = 0.01;

  private static final Comparator<Rate> BUSIEST_FIRST =
      Comparator.comparingDouble(Rate::calls).reversed().thenComparing(Rate::tenant);

  private final Map<String, Rate> rates = new HashMap<>();

  /**
   * @param answered calls per second
   * @param refused calls per second
   * @param processors busy with its calls
   */
  record Rate(String tenant, double answered, double refused, double processors) {

    double calls() {
      return answered + refused;
    }

    private Rate times(double part) {
      return new Rate(tenant, part * answered, part * refused, part * processors);
    }

    private Rate plus(Rate more) {
      return new Rate(
          tenant, answered + more.answered, refused + more.refused, processors + more.processors);
    }
  }

  void add(List<Share> shares, double seconds) {
    double kept = Math.pow(0.5, seconds / HALF_LIFE_SECONDS);
    rates.replaceAll((_, rate) -> rate.times(kept));
    for (Share share : shares) {
      rates.merge(share.tenant(), rate(share, seconds).times(1 - kept), Rate::plus);
    }
    rates.values().removeIf(rate -> rate.calls() < SILENT);
    if (rates.size() > MOST) {
      rates.values().retainAll(Set.copyOf(busiest(MOST)));
    }
  }

  private static Rate rate(Share share, double seconds) {
    return new Rate(
        share.tenant(),
        share.answered() / seconds,
        share.refused() / seconds,
        share.engineNanos() / NANOS_PER_SECOND / seconds);
  }

  int size() {
    return rates.size();
  }

  /** So many at most. */
  List<Rate> busiest(int most) {
    return rates.values().stream().sorted(BUSIEST_FIRST).limit(most).toList();
  }
}
