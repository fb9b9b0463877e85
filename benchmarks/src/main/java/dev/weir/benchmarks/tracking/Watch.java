package dev.weir.benchmarks.tracking;

import dev.weir.benchmarks.load.ConnectionPool;
import dev.weir.benchmarks.load.Rig;
import dev.weir.benchmarks.load.Usage;
import dev.weir.benchmarks.riders.City;
import dev.weir.benchmarks.riders.Claim;
import dev.weir.benchmarks.riders.Host;
import dev.weir.benchmarks.riders.Terminal;
import dev.weir.benchmarks.tracking.Fleet.Berth;
import dev.weir.benchmarks.tracking.Fleet.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Lets a fleet ride and watches server, machine and generator meanwhile. Used by one thread, which
 * waits.
 */
final class Watch {
  private static final Duration QUICK = Duration.ofSeconds(30);

  /** Before they hang up. */
  private static final long LAST_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final Rig rig;
  private final Host host;
  private final Terminal terminal;
  private final Tally tally = new Tally();

  Watch(Rig rig, Host host, Terminal terminal) {
    this.rig = rig;
    this.host = host;
    this.terminal = terminal;
  }

  /** A look at everything. */
  private record Look(Usage usage, double memoryMib, Tally.Counts counts, long workNanos) {
    private double seconds(Look before) {
      return (usage.atNanos() - before.usage.atNanos()) / 1e9;
    }
  }

  /** Blocks until all have hung up. */
  Followed follow(ConnectionPool<Berth> berths, Plan plan, List<City.Trip> trips)
      throws InterruptedException {
    System.gc(); // now, so that there is none while it lasts
    Fleet fleet = new Fleet(rig.generator(), berths, plan, trips, tally);
    Look first = look();
    CompletableFuture<Void> running = fleet.run();
    List<Beat> beats = new ArrayList<>();
    long leadIn = plan.leadIn().toNanos();
    Look begun = until(leadIn, first, first, beats);
    long end = leadIn + plan.counted().toNanos() - LAST_LOOK_NANOS;
    Look last = until(end, first, begun, beats);
    Rig.await(running, QUICK, "the rides do not end");
    return followed(
        plan,
        new Followed.Memory(first.memoryMib(), begun.memoryMib(), last.memoryMib()),
        begun,
        last,
        beats);
  }

  /** A look each second, the last one at that time since the first. */
  private Look until(long nanos, Look first, Look last, List<Beat> beats)
      throws InterruptedException {
    Look before = last;
    long untilNanos = first.usage().atNanos() + nanos;
    for (long left = untilNanos - System.nanoTime();
        left > 0;
        left = untilNanos - System.nanoTime()) {
      TimeUnit.NANOSECONDS.sleep(Math.min(left, SECOND));
      Look now = look();
      beats.add(beat(first, before, now));
      terminal.live(beats.getLast().line());
      before = now;
    }
    return before;
  }

  private static Beat beat(Look first, Look before, Look now) {
    double seconds = now.seconds(before);
    Tally.Counts from = before.counts();
    Tally.Counts to = now.counts();
    return new Beat(
        now.seconds(first),
        to.underWay(),
        (to.positions() - from.positions()) / seconds,
        (to.progress() - from.progress()) / seconds,
        (to.routes() - from.routes()) / seconds,
        (to.notices() - from.notices()) / seconds,
        now.usage().since(before.usage()).serverPercent(),
        now.memoryMib());
  }

  private Followed followed(
      Plan plan, Followed.Memory memory, Look begun, Look end, List<Beat> beats) {
    Beat mean = beat(begun, begun, end);
    double busy = (end.workNanos() - begun.workNanos()) / (end.seconds(begun) * 1e9);
    return new Followed(
        plan.rides(),
        begun.counts().underWay(),
        end.seconds(begun),
        mean.positions(),
        mean.progress(),
        mean.routes(),
        mean.notices(),
        tally.firstRoutes(),
        tally.otherRoutes(),
        tally.lag(),
        end.counts().ends(),
        tally.failures(),
        end.usage().since(begun.usage()),
        memory,
        new Claim(tally.lag().p99Millis(), busy),
        beats);
  }

  /** What riders said and heard, for whoever comes after {@link #follow}. */
  Tally tally() {
    return tally;
  }

  private Look look() throws InterruptedException {
    Usage usage = host.usage();
    double memoryMib = host.memoryMib();
    return Rig.await(
        CompletableFuture.supplyAsync(
            () -> new Look(usage, memoryMib, tally.counts(), rig.generator().workNanos()),
            rig.generator().loop()),
        QUICK,
        "the generator hangs");
  }
}
