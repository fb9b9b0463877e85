package dev.weir.proxy.transport.admin.live;

import dev.weir.proxy.path.BreakerSwitch;
import java.util.List;

/**
 * How the server is at a moment.
 *
 * @param version of Weir
 * @param ready whether calls are welcome
 * @param drained whether that is an operator's doing
 * @param permits calls that may be computed at the same time
 * @param running calls that are computed
 * @param queued calls that wait
 * @param aheadSeconds estimated work of those, in seconds of one processor
 * @param processors at work, at the speed by which costs were learned
 * @param loadPercent what was asked for in the last second over what can be done
 * @param admittedParts part of what is asked for that there is room for, by rank of the priority
 * @param dryRun rules that are counted and not kept to
 * @param adjusted keys that were changed by hand
 */
public record Vitals(
    String version,
    boolean ready,
    boolean drained,
    BreakerSwitch.Position breaker,
    int permits,
    int running,
    int queued,
    double aheadSeconds,
    double processors,
    int loadPercent,
    List<Double> admittedParts,
    List<String> dryRun,
    List<String> adjusted) {

  public Vitals {
    admittedParts = List.copyOf(admittedParts);
    dryRun = List.copyOf(dryRun);
    adjusted = List.copyOf(adjusted);
  }
}
