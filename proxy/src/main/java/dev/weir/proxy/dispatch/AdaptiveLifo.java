package dev.weir.proxy.dispatch;

import dev.weir.proxy.path.Profile;
import dev.weir.proxy.path.Refusal.Reason;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Facebook's controlled delay with adaptive LIFO [1], after CoDel [2]:
 *
 * <pre>
 *   queue last empty more than N = 100 ms ago   newest first, a new call may wait for M = 5 ms
 *   else                                        oldest first, a new call may wait for N
 * </pre>
 *
 * It keeps the machine useful in any flood, and is not Weir's default because it knows neither what
 * a call costs nor whose it is: one expensive call that comes at the right moment goes before a
 * hundred cheap ones, and a tenant that sends most is served most. All calls take the same kind of
 * permit, whatever their priority. Both numbers are those of [1].
 *
 * <p>[1] B. Maurer, "Fail at Scale", ACM Queue 13(8), 2015. [2] K. Nichols and V. Jacobson,
 * "Controlling Queue Delay", ACM Queue 10(5), 2012.
 */
final class AdaptiveLifo implements Line {

  private static final long M_NANOS = Duration.ofMillis(5).toNanos();
  private static final long N_NANOS = Duration.ofMillis(100).toNanos();

  private final ArrayDeque<Waiting> calls = new ArrayDeque<>();
  private long lastEmptyNanos;

  @Override
  public Permits.Share share(Profile profile) {
    return Permits.Share.SMALL;
  }

  @Override
  public void add(Waiting call) {
    long arrivedNanos = call.arrivedNanos();
    call.mayWaitUntil(arrivedNanos + (stands(arrivedNanos) ? M_NANOS : N_NANOS));
    calls.addLast(call);
  }

  private boolean stands(long nowNanos) {
    if (calls.isEmpty()) {
      lastEmptyNanos = nowNanos;
    }
    return nowNanos - lastEmptyNanos > N_NANOS;
  }

  @Override
  public @Nullable Waiting poll(long nowNanos, Predicate<Waiting> mayRun) {
    boolean newestFirst = stands(nowNanos);
    Waiting next = newestFirst ? calls.peekLast() : calls.peekFirst();
    if (next == null || !mayRun.test(next)) {
      return null;
    }
    return newestFirst ? calls.pollLast() : calls.pollFirst();
  }

  @Override
  public @Nullable Reason doomed(Waiting call, long nowNanos) {
    if (call.useless(nowNanos, 0)) {
      return Reason.EXPIRED_IN_QUEUE;
    }
    return nowNanos - call.mayWaitUntilNanos() >= 0 ? Reason.QUEUE_FULL : null;
  }

  @Override
  public void sweep(long nowNanos, BiConsumer<Waiting, Reason> shed) {
    calls.removeIf(
        call -> {
          Reason reason = doomed(call, nowNanos);
          if (reason != null) {
            shed.accept(call, reason);
          }
          return reason != null;
        });
  }

  @Override
  public void drain(Consumer<Waiting> taken) {
    calls.forEach(taken);
    calls.clear();
  }

  @Override
  public boolean smallWaits() {
    return !calls.isEmpty();
  }
}
