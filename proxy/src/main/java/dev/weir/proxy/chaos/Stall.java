package dev.weir.proxy.chaos;

import dev.weir.proxy.path.FaultSwitch.Illegal;
import dev.weir.routing.RouteOutcome;
import dev.weir.routing.RouteQuery;
import dev.weir.routing.StopSignal;
import java.util.function.Consumer;

/**
 * Event loops, or event loops and workers, stand still for a moment, as in a pause of the
 * collector. A search that has begun goes on; nothing less than a signal to the process can hold
 * that.
 */
final class Stall implements EngineFault {

  /** Who stands still. */
  enum What {
    LOOPS,
    /** Workers too, before they begin the next search. */
    ALL
  }

  private static final int NANOS_PER_MILLI = 1_000_000;
  private static final int LONGEST_MILLIS = 60_000;

  private final Delay delay;
  private volatile Consumer<Runnable> loops = task -> {};
  private volatile long workersUntilNanos;
  private volatile long untilNanos;

  Stall(Delay delay) {
    this.delay = delay;
    this.workersUntilNanos = delay.nanos();
    this.untilNanos = workersUntilNanos;
  }

  /**
   * @param each runs a task on every event loop
   */
  void loops(Consumer<Runnable> each) {
    loops = each;
  }

  @Override
  public String name() {
    return "stall";
  }

  @Override
  public String usage() {
    return "millis=200 what=loops|all";
  }

  @Override
  public void start(Wishes wishes) throws Illegal {
    long millis = wishes.whole("millis", 1, LONGEST_MILLIS, 200);
    What what = wishes.choice("what", What.class, What.LOOPS);
    wishes.nothingElse();
    long endNanos = delay.nanos() + millis * NANOS_PER_MILLI;
    untilNanos = endNanos;
    if (what == What.ALL) {
      workersUntilNanos = endNanos;
    }
    loops.accept(() -> delay.whileHolds(this::lasts, Delay.How.WAIT));
  }

  private boolean lasts() {
    return untilNanos - delay.nanos() > 0;
  }

  @Override
  public void stop() {
    long nowNanos = delay.nanos();
    untilNanos = nowNanos;
    workersUntilNanos = nowNanos;
  }

  @Override
  public String state() {
    return lasts() ? "standing still" : "";
  }

  @Override
  public RouteOutcome around(RouteQuery query, StopSignal stop, Inner inner) {
    delay.whileHolds(() -> workersUntilNanos - delay.nanos() > 0, Delay.How.WAIT);
    return inner.compute(query, stop);
  }
}
