package dev.weir.proxy.chaos;

import dev.weir.proxy.path.FaultSwitch.Illegal;
import dev.weir.routing.RouteOutcome;
import dev.weir.routing.RouteQuery;
import dev.weir.routing.StopSignal;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Searches that do not end and do not listen, until the fault is stopped. */
final class EngineHang implements EngineFault {

  private record Setting(AtomicLong next, double part, Delay.How how, Dice dice) {

    /** Whether the search that begins now is one of them. */
    boolean takes() {
      return next.getAndUpdate(left -> Math.max(0, left - 1)) > 0 || (part > 0 && dice.hits(part));
    }
  }

  private final Delay delay;
  private final AtomicInteger hanging = new AtomicInteger();
  private volatile @Nullable Setting setting;

  EngineHang(Delay delay) {
    this.delay = delay;
  }

  @Override
  public String name() {
    return "engine-hang";
  }

  @Override
  public String usage() {
    return "next=0 part=0 how=wait|burn seed=1";
  }

  @Override
  public void start(Wishes wishes) throws Illegal {
    long next = wishes.whole("next", 0, 1_000_000, 0);
    double part = wishes.number("part", 0, 1, 0);
    Delay.How how = wishes.choice("how", Delay.How.class, Delay.How.WAIT);
    Dice dice = new Dice(wishes.whole("seed", 0, 1L << 52, 1));
    wishes.nothingElse();
    if (next == 0 && part == 0) {
      throw new Illegal("set next or part above 0");
    }
    setting = new Setting(new AtomicLong(next), part, how, dice);
  }

  @Override
  public void stop() {
    setting = null;
  }

  @Override
  public String state() {
    Setting now = setting;
    return now == null ? "" : "%d hang, %d more will".formatted(hanging.get(), now.next().get());
  }

  @Override
  public RouteOutcome around(RouteQuery query, StopSignal stop, Inner inner) {
    Setting now = setting;
    if (now != null && now.takes()) {
      hanging.incrementAndGet();
      try {
        delay.whileHolds(() -> now.equals(setting), now.how());
      } finally {
        hanging.decrementAndGet();
      }
    }
    return inner.compute(query, stop);
  }
}
