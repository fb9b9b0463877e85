package dev.weir.proxy.dispatch;

import dev.weir.proxy.path.Profile;
import dev.weir.proxy.path.Refusal.Reason;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The calls that wait, in some order, and for how long it keeps them. Not thread-safe but for
 * {@link #share}: whoever calls has the lock of the queue.
 */
sealed interface Line permits AdaptiveLifo, Tiers {

  /** Of which permits a call takes one; any thread may ask. */
  Permits.Share share(Profile profile);

  void add(Waiting call);

  /**
   * Takes out the call that is next.
   *
   * @param mayRun whether there is a permit for the call; takes it if so
   * @return {@code null} if nothing waits that there is a permit for
   */
  @Nullable Waiting poll(long nowNanos, Predicate<Waiting> mayRun);

  /** Why a call whose turn has come is of no use any more; {@code null} if it is. */
  @Nullable Reason doomed(Waiting call, long nowNanos);

  /** Takes out all calls that there is no hope for; in proportion to what waits. */
  void sweep(long nowNanos, BiConsumer<Waiting, Reason> shed);

  /** Takes out everything. */
  void drain(Consumer<Waiting> taken);

  /** Whether a call waits that is not large. */
  boolean smallWaits();
}
