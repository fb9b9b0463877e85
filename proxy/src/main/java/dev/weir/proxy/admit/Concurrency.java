package dev.weir.proxy.admit;

import dev.weir.proxy.admit.limit.Aimd;
import dev.weir.proxy.admit.limit.BbrLike;
import dev.weir.proxy.admit.limit.EnvoyGradient;
import dev.weir.proxy.admit.limit.Fixed;
import dev.weir.proxy.admit.limit.Gradient2;
import dev.weir.proxy.admit.limit.LimitPolicy;
import dev.weir.proxy.admit.limit.MarginalThroughput;
import dev.weir.proxy.admit.limit.Vegas;
import dev.weir.proxy.admit.limit.WindowMeter;
import dev.weir.proxy.config.GateSettings.Limit;
import dev.weir.proxy.path.Gate.Ending;

/**
 * How many calls may be computed at the same time, by a policy that looks at windows of 100 ms.
 * Thread-safe; its lock is held by workers and the thread that ticks for some additions, never by
 * an event loop.
 */
final class Concurrency {

  private static final long WINDOW_NANOS = 100_000_000;

  private int processors;
  private final int most;
  private final WindowMeter meter;
  private Limit kind;
  private LimitPolicy policy;
  private long openedNanos;
  private double exact;
  private volatile int limit;

  /**
   * @param most there are threads for
   */
  Concurrency(Limit kind, int processors, int most, long nowNanos) {
    this.kind = kind;
    this.policy = policy(kind, processors);
    this.processors = processors;
    this.most = most;
    this.meter = new WindowMeter(nowNanos);
    this.openedNanos = nowNanos;
    set(policy.initial());
  }

  private static LimitPolicy policy(Limit kind, int processors) {
    return switch (kind) {
      case MARGINAL -> new MarginalThroughput(processors);
      case FIXED -> new Fixed(processors);
      case AIMD -> new Aimd();
      case GRADIENT2 -> new Gradient2();
      case VEGAS -> new Vegas();
      case ENVOY -> new EnvoyGradient();
      case BBR -> new BbrLike(processors);
    };
  }

  private void set(double next) {
    exact = next;
    limit = Math.clamp((long) next, 1, most);
  }

  synchronized void started(long nowNanos) {
    meter.started(nowNanos);
  }

  synchronized void ended(long nowNanos, long latencyNanos, long costNanos, Ending ending) {
    switch (ending) {
      case SERVED -> meter.served(nowNanos, latencyNanos, costNanos);
      case DROPPED -> meter.dropped(nowNanos);
      case IGNORED -> meter.ignored(nowNanos);
    }
  }

  /**
   * @param wanted the kind of policy that is to be used from now on
   * @param available processors from now on
   */
  synchronized void tick(Limit wanted, int available, long nowNanos) {
    if (wanted != kind || available != processors) {
      kind = wanted;
      processors = available;
      policy = policy(wanted, available);
      set(policy.initial());
    }
    if (nowNanos - openedNanos >= WINDOW_NANOS) {
      openedNanos = nowNanos;
      set(policy.next(exact, meter.close(nowNanos)));
    }
  }

  int limit() {
    return limit;
  }
}
