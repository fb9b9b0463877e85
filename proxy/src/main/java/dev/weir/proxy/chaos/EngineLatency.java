package dev.weir.proxy.chaos;

import dev.weir.proxy.path.FaultSwitch.Illegal;
import dev.weir.routing.RouteOutcome;
import dev.weir.routing.RouteQuery;
import dev.weir.routing.StopSignal;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Searches take longer: a constant, a draw from a heavy tail, or a multiple of what they take. They
 * still stop when told to.
 */
final class EngineLatency implements EngineFault {

  /** Forms of the time that is added. */
  enum Shape {
    CONSTANT,
    /** With the least time as scale: most are short and a few are very long. */
    PARETO,
    /** With the time as median. */
    LOG_NORMAL
  }

  private static final double NANOS_PER_MILLI = 1e6;
  private static final double LONGEST_MILLIS = 600_000;

  private record Setting(
      Shape shape,
      double millis,
      double alpha,
      double sigma,
      double factor,
      String profile,
      Delay.How how,
      Dice dice) {

    boolean concerns(RouteQuery query) {
      return profile.isEmpty() || profile.equals(query.profile());
    }

    long drawNanos() {
      SplittableRandom random = dice.next();
      double drawn =
          switch (shape) {
            case CONSTANT -> millis;
            case PARETO -> millis / Math.pow(1 - random.nextDouble(), 1 / alpha);
            case LOG_NORMAL -> millis * Math.exp(sigma * random.nextGaussian());
          };
      return (long) (Math.min(drawn, LONGEST_MILLIS) * NANOS_PER_MILLI);
    }
  }

  private final Delay delay;
  private volatile @Nullable Setting setting;

  EngineLatency(Delay delay) {
    this.delay = delay;
  }

  @Override
  public String name() {
    return "engine-latency";
  }

  @Override
  public String usage() {
    return "factor=1 millis=0 shape=constant|pareto|log-normal alpha=1.5 sigma=1 profile="
        + " how=wait|burn seed=1";
  }

  @Override
  public void start(Wishes wishes) throws Illegal {
    Setting next =
        new Setting(
            wishes.choice("shape", Shape.class, Shape.CONSTANT),
            wishes.number("millis", 0, LONGEST_MILLIS, 0),
            wishes.number("alpha", 0.1, 100, 1.5),
            wishes.number("sigma", 0, 10, 1),
            wishes.number("factor", 1, 10_000, 1),
            wishes.text("profile", ""),
            wishes.choice("how", Delay.How.class, Delay.How.WAIT),
            new Dice(wishes.whole("seed", 0, 1L << 52, 1)));
    wishes.nothingElse();
    if (next.factor() == 1 && next.millis() == 0) {
      throw new Illegal("set millis above 0 or factor above 1");
    }
    setting = next;
  }

  @Override
  public void stop() {
    setting = null;
  }

  @Override
  public String state() {
    Setting now = setting;
    return now == null
        ? ""
        : "%s ms (%s) and %s times".formatted(now.millis(), now.shape(), now.factor());
  }

  @Override
  public RouteOutcome around(RouteQuery query, StopSignal stop, Inner inner) {
    Setting now = setting;
    if (now == null || !now.concerns(query)) {
      return inner.compute(query, stop);
    }
    RouteOutcome stopped = delay.spend(now.drawNanos(), now.how(), stop);
    if (stopped != null) {
      return stopped;
    }
    long startedNanos = delay.nanos();
    RouteOutcome outcome = inner.compute(query, stop);
    long moreNanos = (long) ((now.factor() - 1) * (delay.nanos() - startedNanos));
    stopped = delay.spend(moreNanos, now.how(), stop);
    return stopped == null ? outcome : stopped;
  }
}
