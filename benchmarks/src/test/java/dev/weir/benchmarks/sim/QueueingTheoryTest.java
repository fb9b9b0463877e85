package dev.weir.benchmarks.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.benchmarks.sim.Contestant.Entrant;
import dev.weir.benchmarks.sim.Workload.Crowd;
import dev.weir.routing.RequestKind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The simulator against what is known without it. The numbers of jobs are such that one per cent is
 * about two standard errors; the formulas are asked about the load that the dice really gave, which
 * differs a little from what was asked of them.
 */
final class QueueingTheoryTest {

  private static final double SERVICE_NANOS = 10e6;
  private static final double ONE_PERCENT = 0.01;
  private static final Duration FOREVER = Duration.ofDays(10_000);
  private static final long SEED = 1;

  /** Adds up the times of all jobs. */
  private static final class Clocked implements Contestant {
    private final House house;
    private final Contestant inner;
    private double waitNanos;
    private double sojournNanos;
    private double costNanos;
    private long jobs;

    Clocked(House house, Contestant inner) {
      this.house = house;
      this.inner = inner;
    }

    @Override
    public void offered(Job job) {
      inner.offered(job);
    }

    @Override
    public void ended(Job job) {
      jobs++;
      waitNanos += job.startedNanos() - job.arrivedNanos();
      costNanos += job.costNanos;
      sojournNanos += house.nanos() - job.arrivedNanos();
      inner.ended(job);
    }

    double meanWaitNanos() {
      return waitNanos / jobs;
    }

    double meanSojournNanos() {
      return sojournNanos / jobs;
    }

    double meanCostNanos() {
      return costNanos / jobs;
    }

    double load() {
      return costNanos / house.processors() / house.nanos();
    }
  }

  private static Clocked run(
      Entrant entrant, Law law, int processors, double load, long jobs, long seed) {
    var patient = new Workload.SizeClass("all", RequestKind.ROUTE, 1, law, FOREVER);
    Workload workload = new Workload("patient", List.of(patient), 0, 1, 0, 0, Crowd.MILLION);
    double nanos = jobs * SERVICE_NANOS / (processors * load);
    Duration counted = Duration.ofNanos((long) nanos);
    Setting setting = Setting.of(processors, LoadShape.steady(load), counted, seed);
    Clocked[] clocked = new Clocked[1];
    Entrant watched =
        new Entrant(
            entrant.name(),
            house -> {
              clocked[0] = new Clocked(house, entrant.enter().apply(house));
              return clocked[0];
            });
    Simulation.run(workload, setting, watched);
    return clocked[0];
  }

  /** Erlang's C formula: the mean wait in M/M/c. */
  private static double erlangWaitNanos(int processors, double load, double serviceNanos) {
    double offered = processors * load;
    double blocked = 1;
    for (int i = 1; i <= processors; i++) {
      blocked = offered * blocked / (i + offered * blocked);
    }
    double waits = blocked / (1 - load * (1 - blocked));
    return waits * serviceNanos / (processors - offered);
  }

  private static void assertWaits(int processors, double load, long jobs) {
    Entrant fifo = Field.firstComeFirstServed("fifo", FOREVER.plusDays(1));
    Clocked seen = run(fifo, new Law.Exponential(SERVICE_NANOS), processors, load, jobs, SEED);
    double expected = erlangWaitNanos(processors, seen.load(), seen.meanCostNanos());
    assertEquals(1, seen.meanWaitNanos() / expected, ONE_PERCENT);
  }

  @ParameterizedTest(name = "{0} processors at {1}")
  @CsvSource({
    "1, 0.50,    500000",
    "1, 0.80,  2_500000",
    "2, 0.50,  2_000000",
    "2, 0.80,  3_000000",
    "8, 0.80,  8_000000",
    "8, 0.50, 18_000000",
  })
  void firstComeFirstServedWaitsAsLongAsErlangSays(int processors, double load, String jobs) {
    assertWaits(processors, load, Long.parseLong(jobs.replace("_", "")));
  }

  /**
   * Where waiting is rare, or waits hang together for long, a per cent takes many jobs: a minute.
   */
  @ParameterizedTest(name = "{0} processors at {1}")
  @CsvSource({
    " 1, 0.95, 40_000000",
    " 2, 0.95, 40_000000",
    " 8, 0.95, 40_000000",
    "64, 0.90, 80_000000",
    "64, 0.95, 80_000000",
  })
  @EnabledIfSystemProperty(named = "weir.test.slow", matches = "true")
  void andAlsoAtTheEdges(int processors, double load, String jobs) {
    assertWaits(processors, load, Long.parseLong(jobs.replace("_", "")));
  }

  @ParameterizedTest(name = "sigma {0} at {1}")
  @CsvSource({"0.5, 0.5", "1.0, 0.5", "1.0, 0.7", "0.5, 0.8"})
  void sharingIsInsensitiveToTheLawOfCosts(double sigma, double load) {
    Law law = new Law.Lognormal(SERVICE_NANOS, sigma);
    Clocked seen = run(Field.uncontrolled(), law, 1, load, 3_000_000, SEED);
    double expected = seen.meanCostNanos() / (1 - seen.load());
    assertEquals(1, seen.meanSojournNanos() / expected, ONE_PERCENT);
  }

  @ParameterizedTest(name = "{0} processors at {1}")
  @CsvSource({"2, 0.8", "8, 0.8", "64, 0.9"})
  void sharedProcessorsHoldAsManyJobsAsAQueueBeforeThem(int processors, double load) {
    Law law = new Law.Exponential(SERVICE_NANOS);
    Clocked seen = run(Field.uncontrolled(), law, processors, load, 3_000_000, SEED);
    double expected =
        seen.meanCostNanos() + erlangWaitNanos(processors, seen.load(), seen.meanCostNanos());
    assertEquals(1, seen.meanSojournNanos() / expected, ONE_PERCENT);
  }
}
