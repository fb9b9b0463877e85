package dev.weir.chaos.scenario;

import dev.weir.chaos.fault.Crowd;
import dev.weir.chaos.fault.FrameMutator;
import dev.weir.chaos.load.Fate;
import dev.weir.chaos.load.Manner;
import dev.weir.chaos.load.Question;
import dev.weir.chaos.load.Riders;
import dev.weir.chaos.load.Traffic;
import dev.weir.chaos.report.Series;
import dev.weir.chaos.server.Footprint;
import dev.weir.chaos.server.MetricsPage;
import dev.weir.chaos.server.Victim;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** The soak: one fault after the other, by lot, and then a look at what is left behind. */
public final class ALongTimeOfRandomFaultsLeaksNothing implements Hypothesis {

  private static final List<String> FAULTS =
      List.of(
          "engine-latency?millis=200&factor=10&for=%s",
          "engine-latency?shape=pareto&millis=20&for=%s",
          "engine-errors?part=0.5&for=%s",
          "stall?millis=300&what=all",
          "cpu-theft?threads=2&for=%s",
          "heap-pressure?mebibytes=100&for=%s",
          "clock-jump?millis=60000&for=%s");

  /** A search with a deadline of 500 ms is cut off after 5 s: this one hangs for longer. */
  private static final Duration HANG = Duration.ofSeconds(7);

  private static final double MEBIBYTE = 1 << 20;

  /** Tables and caches fill for longer than the server is watched before. */
  private static final double MORE_HEAP_MEBIBYTES = 24;

  private static final long MORE_THREADS = 8;
  private static final long MORE_DESCRIPTORS = 16;
  private static final int HASTY = 50;
  private static final int RIDES = 10;

  /** In a second: half of what the server does at its best, the double while faults are on. */
  private static final double OFFERED = 45;

  private final Duration time;

  /**
   * @param time that faults go on for
   */
  public ALongTimeOfRandomFaultsLeaksNothing(Duration time) {
    this.time = time;
  }

  @Override
  public Story story() {
    return new Story(
        "Callers have asked for a while, by HTTP/1.1, HTTP/2 and gRPC, rides were followed, and"
            + " what the server holds was counted.",
        "One fault after the other, by lot, for "
            + time.toSeconds()
            + " s, and beside them searches that hang until after they are cut off, and connections"
            + " with half requests or frames that make no sense.",
        "The server goes on.",
        "Nothing is left behind: memory after a collection, threads, descriptors, permits and"
            + " places are as they were, and goodput is.");
  }

  @Override
  public void tryOut(Trial trial) throws Exception {
    Victim victim = trial.pacedServer("breaker: {open-for: 1s}\n" + Wire.HASTY);
    List<Question> questions = trial.questions(victim);
    List<Question> calls = trial.calls(victim);
    double steady;
    try (Callers callers = new Callers(trial, victim, questions, calls)) {
      trial.peak(callers.byHttp);
      callers.offer(OFFERED);
      trial.pass(Duration.ofMillis(500));
      steady = trial.goodWithin(Duration.ofSeconds(4));
      trial.checkLeft("in calm times", steady, 0.8, OFFERED);
    }
    trial.checkSoon(Duration.ofSeconds(10), "the house is empty", () -> empty(victim));
    double heapBefore = heapMebibytes(victim);
    Footprint before = victim.footprint();

    try (Callers callers = new Callers(trial, victim, questions, calls)) {
      callers.offer(2 * OFFERED);
      FrameMutator nonsense =
          new FrameMutator(Wire.GET_ROUTE, Wire.message(calls.getFirst()), trial.arena().seed());
      befall(trial, victim, nonsense);
    }
    trial.checkSoon(Duration.ofSeconds(30), "the house is empty", () -> empty(victim));
    nothingLeft(trial, victim, before, heapBefore);

    try (Callers callers = new Callers(trial, victim, questions, calls)) {
      callers.offer(OFFERED);
      trial.checkRecovers(Duration.ofSeconds(3), steady);
    }
    trial.check(
        trial.timeline().count(Fate.WRONG) + trial.timeline().surpluses() == 0,
        "no answer was wrong or came twice");
  }

  /** Those who mean well. */
  private static final class Callers implements AutoCloseable {
    private final Traffic byHttp;
    private final Traffic byHttp2;
    private final Traffic byGrpc;
    private final Riders riders;

    Callers(Trial trial, Victim victim, List<Question> questions, List<Question> calls) {
      Manner manner = Manner.calm(Duration.ofMillis(500));
      byHttp = trial.traffic(victim, questions, manner);
      byHttp2 = trial.http2Traffic(victim, questions, manner);
      byGrpc = trial.grpcTraffic(victim, calls, manner);
      riders = trial.keep(new Riders(victim.grpcAddress(), calls));
    }

    void offer(double rate) {
      byHttp.offer(rate / 4);
      byHttp2.offer(rate / 4);
      byGrpc.offer(rate / 2);
      riders.keep(RIDES);
    }

    @Override
    public void close() {
      byHttp.close();
      byHttp2.close();
      byGrpc.close();
      riders.close();
    }
  }

  private void befall(Trial trial, Victim victim, FrameMutator nonsense) throws Exception {
    SplittableRandom random = new SplittableRandom(trial.arena().seed());
    long untilMillis = trial.timeline().nowMillis() + time.toMillis();
    long hungMillis = 0;
    while (trial.timeline().nowMillis() < untilMillis && victim.alive()) {
      if (trial.timeline().nowMillis() >= hungMillis) {
        hungMillis = trial.timeline().nowMillis() + HANG.toMillis();
        trial.timeline().end("engine-hang");
        trial.fault(victim, "engine-hang", "next=1&for=" + HANG.toSeconds());
      }
      double seconds = 0.2 + 2 * random.nextDouble();
      String wish = FAULTS.get(random.nextInt(FAULTS.size())).replace("%s", "%.1f");
      String[] fault = String.format(Locale.ROOT, wish, seconds).split("\\?", 2);
      trial.fault(victim, fault[0], fault[1]);
      try (Crowd hasty = new Crowd(victim.address(), random.nextBoolean());
          Crowd senseless = new Crowd(victim.grpcAddress(), random.nextBoolean())) {
        hasty.join(HASTY, "GET /route?point=".getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < HASTY; i++) {
          senseless.join(1, nonsense.next());
        }
        trial.pass(Duration.ofMillis((long) (seconds * 1_000) + 300));
        hasty.reset();
        senseless.reset();
      }
      trial.timeline().end(fault[0]);
      if (fault[0].equals("engine-latency")) {
        trial.pace(victim);
      }
    }
    trial.check(victim.alive(), "the server is alive");
    trial.pass(Duration.ofMillis(Math.max(0, hungMillis - trial.timeline().nowMillis())));
    trial.timeline().end("engine-hang");
    double lost = trial.timeline().most(Series.WORKERS_LOST, 0);
    trial.check(lost > 0, "searches that hung were cut off: %.0f threads were lost at most", lost);
    trial.checkSoon(
        Duration.ofSeconds(5),
        "no thread is lost any more",
        () -> victim.admin().metrics().sum("weir_workers_lost") == 0);
  }

  private static boolean empty(Victim victim) throws IOException {
    MetricsPage page = victim.admin().metrics();
    return page.sum("weir_in_flight") == 0
        && page.sum("weir_queue_length") == 0
        && page.sum("weir_workers_lost") == 0
        && page.sum("weir_rides") == 0
        && page.sum("weir_http_pending_answer_bytes") == 0
        && page.sum("weir_http_connections_open") == 0;
  }

  private static double heapMebibytes(Victim victim) throws IOException, InterruptedException {
    victim.collect();
    return victim.admin().metrics().sum("jvm_memory_used_bytes", "area=\"heap\"") / MEBIBYTE;
  }

  private static void nothingLeft(Trial trial, Victim victim, Footprint before, double heapBefore)
      throws Exception {
    double heap = heapMebibytes(victim);
    trial.check(
        heap <= heapBefore + MORE_HEAP_MEBIBYTES,
        "the heap holds %.1f MiB, %.1f before",
        heap,
        heapBefore);
    Footprint now = victim.footprint();
    trial.check(
        now.descriptors() <= before.descriptors() + MORE_DESCRIPTORS,
        "%d descriptors are open, %d before",
        now.descriptors(),
        before.descriptors());
    trial.check(
        now.threads() <= before.threads() + MORE_THREADS,
        "there are %d threads, %d before",
        now.threads(),
        before.threads());
  }
}
