package dev.weir.benchmarks.riders;

import dev.weir.benchmarks.load.Rig;
import dev.weir.benchmarks.load.Verdict;
import dev.weir.benchmarks.load.Wire;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Pairs of all rivals, with the same requests at the same times within a pair; the order
 * alternates, so that nobody always follows the same. A rival that is still busy with what it was
 * asked in its turn, and would take time from the next one, is started anew. Used by one thread.
 */
final class Tournament {
  private static final Duration CALM = Duration.ofSeconds(1);
  private static final int SETTLE_TRIES = 15;
  private static final double SETTLED = 0.7;

  private final Rig rig;
  private final Given given;
  private final Rehearsal rehearsal;
  private final Terminal terminal;
  private final List<Rival> rivals;
  private final List<Question> questions;
  private final Map<String, Double> calmRates = new HashMap<>();
  private final List<Trial.Played> stages = new ArrayList<>();

  Tournament(
      Rig rig,
      Given given,
      Rehearsal rehearsal,
      Terminal terminal,
      List<Rival> rivals,
      List<Question> questions) {
    this.rig = rig;
    this.given = given;
    this.rehearsal = rehearsal;
    this.terminal = terminal;
    this.rivals = List.copyOf(rivals);
    this.questions = List.copyOf(questions);
  }

  /** Warms all up, and asks each how fast it is when nothing hurries. */
  void prepare() throws InterruptedException {
    for (Rival rival : rivals) {
      rehearsal.warmUp(rival.host(), questions, Duration.ofSeconds(given.warmUpSeconds));
    }
    for (Rival rival : rivals) {
      try (Wire wire = wire(rival, 8)) {
        calmRates.put(rival.name(), rig.calm(wire, Long.MAX_VALUE, CALM).goodPerSecond());
      }
    }
  }

  /** The first rival's peak. */
  List<Outcome> climb() throws InterruptedException {
    Rival first = rivals.getFirst();
    try (Wire wire = wire(first, given.riders)) {
      Script script = given.script(Shape.constant(1, CALM), questions, given.seed);
      Trial trial = new Trial(rig, moment -> {});
      return new Climb(trial, wire, first.host(), Climb.STEP).run(script);
    }
  }

  /** What is counted of what was run. */
  List<Trial.Played> stages() {
    return List.copyOf(stages);
  }

  /**
   * All pairs, and one before them that does not count: whoever meets an overload for the first
   * time meets it with code that is not compiled.
   */
  void run(Shape shape, int pairs, double load) throws IOException, InterruptedException {
    for (int pair = 0; pair <= pairs; pair++) {
      Script script = given.script(shape, questions, given.seed + pair);
      for (Rival rival : pair % 2 == 1 ? rivals : rivals.reversed()) {
        Outcome.Label label = new Outcome.Label(rival.name(), pair, given.shape, load);
        Trial.Played played = turn(rival, script, label);
        if (pair > 0) {
          stages.add(played);
        }
        settle(rival);
      }
    }
  }

  private Trial.Played turn(Rival rival, Script script, Outcome.Label label)
      throws InterruptedException {
    try (Wire wire = wire(rival, given.riders)) {
      Trial trial = new Trial(rig, moment -> {});
      Trial.Played played = trial.play(wire, rival.host(), script, label);
      Outcome o = played.outcome();
      terminal.say(
          "pair %d  %-15s %7.0f/s offered %7.1f/s good (%.1f in full)  p50 %6.1f p99 %6.1f ms"
              + "  shed %7.1f/s p99 %6.1f ms  late %d errors %d unanswered %d no rider %d"
              + "  %4.0f MiB  cpu %3.0f %% steal %.1f %% load %.1f%s",
          label.pair(),
          rival.name(),
          o.offeredPerSecond(),
          o.goodPerSecond(),
          o.fullPerSecond(),
          o.good().p50Millis(),
          o.good().p99Millis(),
          o.count(Verdict.REFUSED) / o.seconds(),
          o.shed().p99Millis(),
          o.count(Verdict.LATE),
          o.count(Verdict.ERROR),
          o.count(Verdict.UNANSWERED),
          o.count(Verdict.NO_CONNECTION),
          o.peakMemoryMib(),
          o.cpu().serverPercent(),
          o.cpu().stealPercent(),
          ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
          o.claim().holds() ? "" : "  " + o.claim().sentence());
      return played;
    }
  }

  private void settle(Rival rival) throws IOException, InterruptedException {
    double calm = calmRates.getOrDefault(rival.name(), 0.0);
    try (Wire wire = wire(rival, 8)) {
      for (int i = 0; i < SETTLE_TRIES; i++) {
        if (rig.calm(wire, Long.MAX_VALUE, CALM).goodPerSecond() >= SETTLED * calm) {
          return;
        }
      }
    }
    terminal.say("%s is still busy after %d s and is started anew", rival.name(), SETTLE_TRIES);
    rival.close();
    rival.start();
    rehearsal.warmUp(rival.host(), questions, Duration.ofSeconds(given.warmUpSeconds));
  }

  private Wire wire(Rival rival, int riders) throws InterruptedException {
    return rival.host().door().open(rig, riders, questions, given.deadline);
  }
}
