package dev.weir.proxy.chaos;

import dev.weir.proxy.path.FaultSwitch.Illegal;
import dev.weir.routing.RouteOutcome;
import dev.weir.routing.RouteQuery;
import dev.weir.routing.StopSignal;
import org.jspecify.annotations.Nullable;

/** Searches fail, as by a defect in the engine. */
final class EngineErrors implements EngineFault {

  private record Setting(double part, String profile, Dice dice) {}

  private volatile @Nullable Setting setting;

  @Override
  public String name() {
    return "engine-errors";
  }

  @Override
  public String usage() {
    return "part=1 profile= seed=1";
  }

  @Override
  public void start(Wishes wishes) throws Illegal {
    Setting next =
        new Setting(
            wishes.number("part", 0, 1, 1),
            wishes.text("profile", ""),
            new Dice(wishes.whole("seed", 0, 1L << 52, 1)));
    wishes.nothingElse();
    setting = next;
  }

  @Override
  public void stop() {
    setting = null;
  }

  @Override
  public String state() {
    Setting now = setting;
    return now == null ? "" : "%s of all searches fail".formatted(now.part());
  }

  @Override
  public RouteOutcome around(RouteQuery query, StopSignal stop, Inner inner) {
    Setting now = setting;
    if (now != null
        && (now.profile().isEmpty() || now.profile().equals(query.profile()))
        && now.dice().hits(now.part())) {
      throw new IllegalStateException("a fault on purpose");
    }
    return inner.compute(query, stop);
  }
}
