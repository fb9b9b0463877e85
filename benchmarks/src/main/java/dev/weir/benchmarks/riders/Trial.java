package dev.weir.benchmarks.riders;

import dev.weir.benchmarks.load.Generator;
import dev.weir.benchmarks.load.Rig;
import dev.weir.benchmarks.load.Usage;
import dev.weir.benchmarks.load.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Plays a script to a server and watches server, machine and generator meanwhile. Used by one
 * thread, which waits.
 */
final class Trial {
  private static final Duration QUICK = Duration.ofSeconds(30);
  private static final Duration MARGIN = Duration.ofSeconds(20);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Rig rig;
  private final Generator generator;
  private final Consumer<Moment> live;

  /**
   * @param live told of every second when it is over
   */
  Trial(Rig rig, Consumer<Moment> live) {
    this.rig = rig;
    this.generator = rig.generator();
    this.live = live;
  }

  /** Good answers per second to few riders who wait for theirs. */
  double calm(Wire wire, Duration time) throws InterruptedException {
    return rig.calm(wire, Long.MAX_VALUE, time).goodPerSecond();
  }

  /** What came of it, and the histograms behind that. */
  record Played(Outcome outcome, Book book) {}

  /** A look at everything. */
  private record Look(Usage usage, double memoryMib, long workNanos) {}

  Played play(Wire wire, Host host, Script script, Outcome.Label label)
      throws InterruptedException {
    int connected = wire.connected();
    System.gc(); // now, so that there is none while the stage lasts
    Book book = new Book(script.leadIn().toNanos());
    CompletableFuture<Book> running = new Crowd(generator, wire, script, book).run();
    TimeUnit.NANOSECONDS.sleep(script.leadIn().toNanos());
    Look first = look(host);
    List<Moment> moments = new ArrayList<>();
    Look last = first;
    double peak = first.memoryMib();
    long endNanos = first.usage().atNanos() + script.counted().toNanos();
    while (last.usage().atNanos() - endNanos < 0) {
      long left = endNanos - last.usage().atNanos();
      TimeUnit.NANOSECONDS.sleep(Math.min(left, SECOND.toNanos()));
      Look now = look(host);
      moments.add(moment(book, first, last, now));
      live.accept(moments.getLast());
      peak = Math.max(peak, now.memoryMib());
      last = now;
    }
    Rig.await(running, script.grace().plus(MARGIN), "the stage does not end");
    double seconds = script.counted().toNanos() / 1e9;
    double busy =
        (double) (last.workNanos() - first.workNanos())
            / (last.usage().atNanos() - first.usage().atNanos());
    Outcome.Circumstances around =
        new Outcome.Circumstances(last.usage().since(first.usage()), peak, connected, busy);
    return new Played(Outcome.of(label, seconds, book, around, moments), book);
  }

  private Look look(Host host) throws InterruptedException {
    long work = onLoop(generator::workNanos);
    return new Look(host.usage(), host.memoryMib(), work);
  }

  private Moment moment(Book book, Look first, Look last, Look now) throws InterruptedException {
    double seconds = (now.usage().atNanos() - last.usage().atNanos()) / 1e9;
    double at = (now.usage().atNanos() - first.usage().atNanos()) / 1e9;
    double cpu = now.usage().since(last.usage()).serverPercent();
    return new Moment(at, seconds, onLoop(book::cut), cpu, now.memoryMib());
  }

  private <T> T onLoop(java.util.function.Supplier<T> task) throws InterruptedException {
    return Rig.await(
        CompletableFuture.supplyAsync(task, generator.loop()), QUICK, "the generator hangs");
  }
}
