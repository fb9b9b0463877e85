package dev.weir.proxy.playground;

import dev.weir.proxy.path.FloodSwitch;
import dev.weir.proxy.path.Refusal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What became of the requests of one flood. Thread-safe. */
final class Tally {

  private static final Pattern REASON = Pattern.compile("\"reason\":\"([a-z_]+)\"");
  private static final int OK = 200;

  final LongAdder offered = new LongAdder();
  final LongAdder unsent = new LongAdder();
  final LongAdder failed = new LongAdder();

  private final LongAdder good = new LongAdder();
  private final LongAdder late = new LongAdder();
  private final Map<String, LongAdder> refused = new LinkedHashMap<>();
  private final Latencies answers = new Latencies();
  private final Latencies refusals = new Latencies();

  Tally() {
    for (Refusal.Reason reason : Refusal.Reason.values()) {
      refused.put(reason.code(), new LongAdder());
    }
  }

  /**
   * @param body of a refusal
   */
  void answered(int status, String body, long tookNanos) {
    if (status == OK) {
      (tookNanos <= Rides.PATIENCE.toNanos() ? good : late).increment();
      answers.add(tookNanos);
      return;
    }
    Matcher reason = REASON.matcher(body);
    LongAdder counter = reason.find() ? refused.get(reason.group(1)) : null;
    if (counter == null) {
      failed.increment();
    } else {
      counter.increment();
      refusals.add(tookNanos);
    }
  }

  FloodSwitch.Report report(boolean running, int usualPerSecond, String from, long elapsedMillis) {
    Map<String, Long> reasons = new LinkedHashMap<>();
    refused.forEach(
        (reason, count) -> {
          if (count.sum() > 0) {
            reasons.put(reason, count.sum());
          }
        });
    return new FloodSwitch.Report(
        running,
        usualPerSecond,
        from,
        elapsedMillis,
        offered.sum(),
        good.sum(),
        late.sum(),
        reasons,
        failed.sum(),
        unsent.sum(),
        answers.quantileMillis(0.5),
        answers.quantileMillis(0.99),
        refusals.quantileMillis(0.99));
  }
}
