package dev.weir.proxy.transport;

import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Refusal.Reason;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Refusals that ask callers to come back later than {@link RetrySteps} go: those of a quota that is
 * used up for the day. They are made for whole seconds, and kept, as all who are refused in a
 * second hear one of a minute's, so that they do not come back in the same moment. Thread-safe.
 */
public final class LongWaits<T> {

  private static final int SPREAD_SECONDS = 60;
  private static final int MILLIS = 1_000;
  private static final long LONGEST_SECONDS = Duration.ofDays(1).toSeconds();

  /** More than are in use at a time. */
  private static final int KEPT = 64;

  private final IntFunction<T> making;
  private final IntUnaryOperator spread;
  private final AtomicReferenceArray<@Nullable Kept<T>> kept = new AtomicReferenceArray<>(KEPT);

  private record Kept<T>(int seconds, T made) {}

  /**
   * @param making for so many milliseconds; thread-safe
   * @param spread a number from 0 to below its argument, another one each time; thread-safe
   */
  public LongWaits(IntFunction<T> making, IntUnaryOperator spread) {
    this.making = making;
    this.spread = spread;
  }

  /** Whether a refusal is for such a time. */
  public static boolean isLong(Refusal refusal) {
    return refusal.reason() == Reason.QUOTA_EXHAUSTED
        && refusal.retryAfter().toMillis() > RetrySteps.millis(RetrySteps.count() - 1);
  }

  /** That of a caller who is refused now. */
  public T next(Duration retryAfter) {
    long meant = Math.ceilDiv(retryAfter.toMillis(), MILLIS);
    int seconds = (int) Math.min(meant, LONGEST_SECONDS) + spread.applyAsInt(SPREAD_SECONDS);
    Kept<T> known = kept.get(seconds % KEPT);
    if (known != null && known.seconds() == seconds) {
      return known.made();
    }
    T made = making.apply(seconds * MILLIS);
    kept.set(seconds % KEPT, new Kept<>(seconds, made));
    return made;
  }
}
