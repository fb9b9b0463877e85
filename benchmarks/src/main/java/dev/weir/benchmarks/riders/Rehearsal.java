package dev.weir.benchmarks.riders;

import dev.weir.benchmarks.load.ClosedLoop;
import dev.weir.benchmarks.load.LoadException;
import dev.weir.benchmarks.load.Rig;
import dev.weir.benchmarks.load.Wire;
import dev.weir.proxy.path.Priority;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** What comes before the first stage: questions that have answers, and warm servers. Blocks. */
public final class Rehearsal {
  private static final int CANDIDATES = 3_000;

  /** Enough that the same question does not come again within a deadline. */
  private static final int ORDER = 8_000;

  /** Each candidate is asked so often, in case a server has no time for it once. */
  private static final long ASKED = 2;

  private static final int RIDERS = 60;
  private static final Duration UNHURRIED = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Rig rig;
  private final Duration deadline;
  private final Terminal terminal;

  Rehearsal(Rig rig, Duration deadline, Terminal terminal) {
    this.rig = rig;
    this.deadline = deadline;
    this.terminal = terminal;
  }

  /**
   * Questions in the order in which they are asked; every server answers each of them.
   *
   * @throws IOException if the first server does not tell what it covers
   * @throws LoadException if there are none
   */
  List<Question> questions(List<Host> hosts, Mix mix, long seed)
      throws IOException, InterruptedException {
    City city = Survey.of(hosts.getFirst().address(), seed);
    List<Question> candidates = mix.candidates(city, CANDIDATES, seed);
    for (Host host : hosts) {
      candidates = answered(host, candidates);
    }
    return mix.order(candidates, ORDER, seed);
  }

  private List<Question> answered(Host host, List<Question> questions) throws InterruptedException {
    if (questions.isEmpty()) {
      throw new LoadException("no request is answered by all servers");
    }
    try (Wire wire = host.door().open(rig, RIDERS, questions, deadline)) {
      ClosedLoop.Outcome calm = rig.calm(wire, ASKED * questions.size(), PATIENCE);
      List<Question> answered =
          calm.routed().stream()
              .filter(i -> i < questions.size())
              .mapToObj(questions::get)
              .toList();
      terminal.say(
          "%s has an answer to %d of %d candidates",
          host.name(), answered.size(), questions.size());
      return answered;
    }
  }

  /**
   * Trips by car that a server has a way for, and is warmed up with.
   *
   * @throws IOException if it does not tell what it covers
   * @throws LoadException if there are none
   */
  public static List<City.Trip> trips(Rig rig, Host host, Terminal terminal, long seed)
      throws IOException, InterruptedException {
    Mix routes =
        new Mix(
            Shares.parse(Kind.class, "speed=1"),
            Shares.parse(Priority.class, "default=1"),
            List.of());
    Rehearsal rehearsal = new Rehearsal(rig, UNHURRIED, terminal);
    return rehearsal.questions(List.of(host), routes, seed).stream()
        .map(Question::trip)
        .distinct()
        .toList();
  }

  /** Calm load. */
  void warmUp(Host host, List<Question> questions, Duration time) throws InterruptedException {
    if (time.isZero()) {
      return;
    }
    try (Wire wire = host.door().open(rig, RIDERS, questions, deadline)) {
      double rate = rig.calm(wire, Long.MAX_VALUE, time).goodPerSecond();
      terminal.say("%s warmed up: %.0f answers/s to four calm riders", host.name(), rate);
    }
  }
}
