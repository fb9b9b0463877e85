package dev.weir.chaos.scenario;

import com.google.errorprone.annotations.FormatMethod;
import dev.weir.chaos.load.Fate;
import dev.weir.chaos.load.Manner;
import dev.weir.chaos.load.Question;
import dev.weir.chaos.load.Questions;
import dev.weir.chaos.load.Traffic;
import dev.weir.chaos.report.Finding;
import dev.weir.chaos.report.Series;
import dev.weir.chaos.report.Timeline;
import dev.weir.chaos.server.Plan;
import dev.weir.chaos.server.Victim;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/**
 * One hypothesis being tried: starts servers and load, and writes down what is found. Used by one
 * thread. Whatever was started ends with it.
 */
public final class Trial implements AutoCloseable {

  /** Enough for any server, and so little that a leak shows. */
  private static final List<String> JVM = List.of("-Xms256m", "-Xmx512m", "-XX:+UseParallelGC");

  /** Nothing is left out of answers, so that they can be compared with those of calm times. */
  private static final String WHOLE_ANSWERS =
      """
      brownout: {alternatives: [], output: [], search: [], coarse: [], estimate: []}
      """;

  private static final Duration LOOK_EVERY = Duration.ofMillis(10);
  private static final int QUESTIONS = 30;
  private static final int PACE_MILLIS = 20;

  /** As many as are computed at a time, and one to come after. */
  private static final int PEAK_CALLERS = 3;

  /** Part of former goodput that counts as recovered. */
  private static final double AS_BEFORE = 0.9;

  private static final Duration WINDOW = Duration.ofSeconds(2);
  private static final Duration PEAK_AFTER = Duration.ofMillis(1_500);
  private static final Duration SETTLED_AFTER = Duration.ofMillis(500);
  private static final Duration PEAK_TIME = Duration.ofSeconds(2);

  private final Arena arena;
  private final Timeline timeline = new Timeline();
  private final List<Finding.Check> checks = new ArrayList<>();
  private final Deque<AutoCloseable> started = new ArrayDeque<>();

  Trial(Arena arena) {
    this.arena = arena;
  }

  /** Something that may come true. */
  @FunctionalInterface
  interface Condition {
    boolean holds() throws Exception;
  }

  Arena arena() {
    return arena;
  }

  Timeline timeline() {
    return timeline;
  }

  List<Finding.Check> checks() {
    return checks;
  }

  /**
   * Starts a server, and begins to read its metrics.
   *
   * @param config further lines of weir.yaml
   */
  Victim server(String config) throws IOException, InterruptedException {
    Victim victim = keep(Victim.start(plan(arena.graph(), config)));
    watch(victim);
    return victim;
  }

  /** How a server of this arena is started, with its graph in a directory. */
  Plan plan(Path graph, String config) {
    return new Plan(arena.map(), graph, WHOLE_ANSWERS + config, JVM, 0, 0);
  }

  /** Begins to read the metrics of a server. */
  void watch(Victim victim) {
    keep(new Watch(victim, timeline));
  }

  /**
   * A server whose engine takes 20 ms longer than it would, asleep, and that computes two calls at
   * a time: a hundred answers in a second at most. So the engine is what there is too little of, on
   * any machine, and not a processor that the server shares with those who ask.
   */
  Victim pacedServer(String config) throws IOException, InterruptedException {
    Victim victim = server(config(2) + config);
    pace(victim, PACE_MILLIS);
    return victim;
  }

  /** Settings of such a server with so many permits. */
  static String config(int permits) {
    return "gate: {limit: fixed, permits: " + permits + "}\nwarm-up: {at-most: 0s}\n";
  }

  /** Makes the engine of a {@link #pacedServer} so again, after another latency. */
  void pace(Victim victim) throws IOException {
    pace(victim, PACE_MILLIS);
  }

  void pace(Victim victim, int millis) throws IOException {
    victim.admin().fault("engine-latency", "millis=" + millis);
  }

  /** What was read of the server last; 0 if nothing was. */
  double latest(Series series) {
    List<Timeline.Sample> all = timeline.samples(series, 0);
    return all.isEmpty() ? 0 : all.getLast().value();
  }

  /** What can be asked, with the answers of calm times. */
  List<Question> questions(Victim victim) throws IOException {
    return Questions.routes(victim.address(), QUESTIONS, arena.seed());
  }

  /** The same by gRPC. */
  List<Question> calls(Victim victim) throws IOException {
    return Questions.calls(victim.address(), victim.grpcAddress(), QUESTIONS, arena.seed());
  }

  /** Load on a server; none until it is told to. */
  Traffic traffic(Victim victim, List<Question> questions, Manner manner) {
    return keep(Traffic.http(victim.address(), questions, manner, timeline, arena.seed()));
  }

  /** The same by HTTP/2. */
  Traffic http2Traffic(Victim victim, List<Question> questions, Manner manner) {
    return keep(Traffic.http2(victim.address(), questions, manner, timeline, arena.seed()));
  }

  /** The same by gRPC. */
  Traffic grpcTraffic(Victim victim, List<Question> calls, Manner manner) {
    return keep(Traffic.grpc(victim.grpcAddress(), calls, manner, timeline, arena.seed()));
  }

  /** Good answers in a second at most, found by callers who ask again when answered. */
  double peak(Traffic traffic) throws InterruptedException {
    traffic.keep(PEAK_CALLERS);
    pass(PEAK_AFTER);
    long fromMillis = timeline.nowMillis();
    pass(PEAK_TIME);
    double peak = timeline.perSecond(Fate.GOOD, fromMillis, timeline.nowMillis());
    traffic.keep(0);
    check(peak > 1, "in calm times %.0f good answers come in a second at most", peak);
    return peak;
  }

  /** Begins a fault in the server, as a window on the timeline. */
  void fault(Victim victim, String name, String wishes) throws IOException {
    timeline.begin(name);
    victim.admin().fault(name, wishes);
  }

  void heal(Victim victim, String name) throws IOException {
    victim.admin().heal(name);
    timeline.end(name);
  }

  /** Lets time pass. */
  void pass(Duration time) throws InterruptedException {
    Thread.sleep(time.toMillis());
  }

  /** Lets time pass, and says how many good answers came in a second of it. */
  double goodWithin(Duration time) throws InterruptedException {
    long fromMillis = timeline.nowMillis();
    pass(time);
    return timeline.perSecond(Fate.GOOD, fromMillis, timeline.nowMillis());
  }

  /**
   * Offers less than the server can do, and writes down whether nine tenths of it are done: what is
   * done when things fail is compared with that.
   *
   * @param rate requests in a second
   * @return good answers in a second
   */
  double steady(Traffic traffic, double rate, Duration time) throws InterruptedException {
    traffic.offer(rate);
    pass(SETTLED_AFTER);
    long fromMillis = timeline.nowMillis();
    double good = goodWithin(time);
    double ended = 0;
    for (Fate fate : Fate.values()) {
      ended += timeline.perSecond(fate, fromMillis, timeline.nowMillis());
    }
    double asked = Math.clamp(ended, rate / 2, rate); // what is due by lot may be less for a while
    checkLeft("in calm times", good, AS_BEFORE, asked);
    return good;
  }

  /**
   * Waits until goodput is nine tenths of what it was, and writes down when that was.
   *
   * @param within it is to be by then, or, on a machine that is not ours alone, not much later
   * @param steady good answers in a second before
   */
  void checkRecovers(Duration within, double steady) throws InterruptedException {
    long fromMillis = timeline.nowMillis();
    long boundMillis = within.toMillis() * arena.leniency();
    double good = goodWithin(WINDOW);
    long lookMillis = boundMillis + WINDOW.toMillis(); // the last look begins no later than that
    while (good < AS_BEFORE * steady && timeline.nowMillis() - fromMillis < lookMillis) {
      good = goodWithin(WINDOW);
    }
    check(
        good >= AS_BEFORE * steady,
        "%d ms later (of %d and a look of %d) %.0f good answers come in a second, of %.0f before",
        timeline.nowMillis() - fromMillis,
        boundMillis,
        WINDOW.toMillis(),
        good,
        steady);
  }

  /**
   * Writes down whether so large a part of the goodput is left; of a machine that is not ours alone
   * less is asked.
   */
  void checkLeft(String when, double good, double part, double steady) {
    check(
        good >= part / arena.leniency() * steady,
        "%s %.0f good answers come in a second, of %.0f",
        when,
        good,
        steady);
  }

  /** Writes down whether something was as expected. */
  @FormatMethod
  void check(boolean held, String sentence, Object... arguments) {
    checks.add(new Finding.Check(held, String.format(Locale.ROOT, sentence, arguments)));
  }

  /**
   * Waits until something holds, and writes down how long that took or that it did not.
   *
   * @param within it is to hold by then, or, on a machine that is not ours alone, not much later
   * @param what in words that follow on "after so many milliseconds"
   */
  void checkSoon(Duration within, String what, Condition condition) throws Exception {
    long fromMillis = timeline.nowMillis();
    long boundMillis = within.toMillis() * arena.leniency();
    boolean held = condition.holds();
    while (!held && timeline.nowMillis() - fromMillis < boundMillis) {
      pass(LOOK_EVERY);
      held = condition.holds();
    }
    check(
        held,
        held ? "after %d ms (of %d) %s" : "not after %d ms (of %d): %s",
        timeline.nowMillis() - fromMillis,
        boundMillis,
        what);
  }

  /** Sees to it that something ends with this trial. */
  <T extends AutoCloseable> T keep(T thing) {
    started.push(thing);
    return thing;
  }

  @Override
  public void close() {
    timeline.close();
    while (!started.isEmpty()) {
      try {
        started.pop().close();
      } catch (Exception e) {
        check(false, "something could not be ended: %s", e);
      }
    }
  }
}
