package dev.weir.proxy.admit;

import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Refusal.Reason;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * When to come again: not before the work ahead is done, in powers of two of a second, so that the
 * few refusals there are can be made once.
 */
final class RetryAdvice {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  /** 1, 2, 4, 8 and 16 seconds. */
  private static final int STEPS = 5;

  private static final Map<Reason, Refusal[]> REFUSALS = new EnumMap<>(Reason.class);

  static {
    for (Reason reason : Reason.values()) {
      Refusal[] steps = new Refusal[STEPS];
      for (int step = 0; step < STEPS; step++) {
        steps[step] = new Refusal(reason, Duration.ofSeconds(1L << step));
      }
      REFUSALS.put(reason, steps);
    }
  }

  private RetryAdvice() {}

  static Refusal refusal(Reason reason, long aheadNanos) {
    int step = 0;
    while (step < STEPS - 1 && aheadNanos > SECOND << step) {
      step++;
    }
    return Objects.requireNonNull(REFUSALS.get(reason))[step];
  }
}
