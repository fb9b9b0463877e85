package dev.weir.benchmarks.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.benchmarks.sim.Contestant.Entrant;
import dev.weir.benchmarks.sim.Result.Group;
import dev.weir.benchmarks.sim.Setting.Throttle;
import dev.weir.proxy.config.GateSettings;
import dev.weir.proxy.path.Profile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SimulationTest {

  private static final Duration DEADLINE = Duration.ofMillis(500);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static Setting two(double load) {
    return Setting.of(2, LoadShape.steady(load), MINUTE, 3);
  }

  @Test
  void theSameSeedGivesTheSameResultToTheBit() {
    for (Entrant entrant : Field.all(DEADLINE)) {
      Result first = Simulation.run(Workload.mixed(), two(2).stoppingLate(), entrant);
      Result second = Simulation.run(Workload.mixed(), two(2).stoppingLate(), entrant);
      assertEquals(fingerprint(first), fingerprint(second), entrant.name());
    }
  }

  private static String fingerprint(Result result) {
    return List.of(
            result.offered(),
            result.good(),
            result.cpuGoodput(),
            result.wasted(),
            result.answered(),
            result.classes(),
            result.tiers())
        .toString();
  }

  @Test
  void allContestantsMeetTheSameCalls() {
    Result lifo = Simulation.run(Workload.mixed(), two(5), Field.newestFirst());
    Result none = Simulation.run(Workload.mixed(), two(5), Field.noWait());
    assertEquals(lifo.offered(), none.offered());
    assertEquals(
        lifo.classes().stream().map(Group::offered).toList(),
        none.classes().stream().map(Group::offered).toList());
    assertNotEquals(lifo.good(), none.good());
  }

  @Test
  void belowCapacityAlmostEverythingIsGoodAndNothingIsWasted() {
    Result result = Simulation.run(Workload.mixed(), two(0.5), Field.newestFirst());
    assertTrue(result.good() > 0.98 * result.offered());
    assertEquals(0.5, result.cpuGoodput(), 0.05);
    assertTrue(result.wasted() < 0.05);
  }

  @ParameterizedTest
  @ValueSource(doubles = {10, 100})
  void decidingCostsGoodputAsTheFormulaSays(double load) {
    double frontEnd = 0.0005;
    double refusal = 0.0005;
    Setting setting =
        two(load).charging((long) (frontEnd * 10_000_000), (long) (refusal * 10_000_000));
    Result result = Simulation.run(Workload.uniform(), setting, Field.newestFirst());
    double expected = (1 - load * (frontEnd + refusal)) / (1 - refusal);
    assertEquals(expected, result.cpuGoodput(), 0.01);
  }

  @Test
  void aThrottledMachineDoesAsMuchLess() {
    Throttle half = new Throttle(Duration.ofSeconds(2), Duration.ofSeconds(32), 0.5);
    Result result =
        Simulation.run(Workload.uniform(), two(10).throttled(half), Field.newestFirst());
    assertEquals(0.75, result.cpuGoodput(), 0.01);
  }

  @Test
  void aMachineThatStopsJobsAtTheirDeadlinesComputesNoneLate() {
    Result result = Simulation.run(Workload.lognormal(), two(5).stoppingLate(), Field.sharedBy(20));
    assertEquals(0, result.late());
    assertTrue(result.stopped() > 0);
    assertTrue(result.answered().p99Millis() <= 500);
  }

  @Test
  void criticalCallsNeverAskForMoreThanHalfTheMachine() {
    for (double load : new double[] {0.5, 2, 10, 100}) {
      double critical = load * Workload.tiers().tierParts(load)[0];
      assertTrue(critical <= 0.5 + 1e-9);
      Setting setting = Setting.of(2, LoadShape.steady(load), Duration.ofSeconds(10), 1);
      Result result = Simulation.run(Workload.tiers(), setting, Field.noWait());
      double part = (double) result.tiers().getFirst().offered() / result.offered();
      assertEquals(critical, part * load, 0.2 * critical);
    }
  }

  @Test
  void oneTenantFloodsAndTheOthersAskForLessThanTheirShare() {
    Workload workload = Workload.flooded();
    Setting setting = Setting.of(8, LoadShape.steady(10.81), Duration.ofSeconds(10), 1);
    Result result = Simulation.run(workload, setting, Field.noWait());
    long flood = result.tenants().getFirst().offered();
    long meek = result.tenants().get(1).offered();
    assertEquals(100, 0.9 * flood / meek, 10);
    assertTrue(result.meekSuccess() < 0.5, "a policy that knows no tenants protects none");
  }

  @Test
  void aMillionStrangersAreToldApartInTheMemoryOfTheGate() {
    List<String> tenants = new ArrayList<>();
    boolean[] cohorts = new boolean[Profile.COHORTS];
    Entrant census =
        new Entrant(
            "census",
            house ->
                new Contestant() {
                  @Override
                  public void offered(Job job) {
                    tenants.add(job.identity().tenant());
                    cohorts[job.cohort()] = true;
                    house.refuse(job);
                  }

                  @Override
                  public void ended(Job job) {}
                });
    Setting setting = Setting.of(64, LoadShape.steady(5), Duration.ofSeconds(1), 1);
    Simulation.run(Workload.riders(), setting, census);
    long busiest = tenants.stream().filter("rider-0"::equals).count();
    assertEquals(0.001, (double) busiest / tenants.size(), 0.0005);
    assertTrue(tenants.stream().distinct().count() > 200_000);
    for (boolean cohort : cohorts) {
      assertTrue(cohort);
    }
    Result weir =
        Simulation.run(
            Workload.riders().of(10_000),
            setting.stoppingLate(),
            Field.weir(GateSettings.standard()));
    assertTrue(weir.cpuGoodput() > 0.95);
  }

  @Test
  void theTimelineShowsHowLongAFloodIsFelt() {
    Duration from = Duration.ofSeconds(10);
    Duration until = Duration.ofSeconds(20);
    Setting setting = Setting.of(2, LoadShape.flood(0.5, 10, from, until), MINUTE, 1);
    Duration target = Duration.ofMillis(50);
    Result fifo =
        Simulation.run(Workload.uniform(), setting, Field.firstComeFirstServed("fifo", DEADLINE));
    Result lifo = Simulation.run(Workload.uniform(), setting, Field.newestFirst());
    assertTrue(fifo.timeline().settled(from, until, target).compareTo(Duration.ofSeconds(9)) > 0);
    assertTrue(lifo.timeline().settled(from, until, target).compareTo(Duration.ofSeconds(1)) < 0);
    assertTrue(fifo.timeline().good(from, until) < lifo.timeline().good(from, until));
    assertTrue(lifo.timeline().longestLatency(Duration.ZERO, from).compareTo(DEADLINE) <= 0);
  }

  @Test
  void afterAStepToTenTimesTheCapacityWeirsQueueIsShortAgainWithinATenthOfASecond() {
    Duration flood = Duration.ofSeconds(10);
    Duration calm = Duration.ofSeconds(18);
    Duration end = Duration.ofSeconds(26);
    Duration target = Duration.ofMillis(20);
    List<Long> afterMillis = new ArrayList<>();
    for (int seed = 1; seed <= 5; seed++) {
      Setting setting =
          Setting.of(8, LoadShape.flood(0.5, 10, flood, calm), Duration.ofSeconds(24), seed);
      Timeline timeline =
          Simulation.run(
                  Workload.mixed(), setting.stoppingLate(), Field.weir(GateSettings.standard()))
              .timeline();
      afterMillis.add(timeline.settled(flood, calm, target).toMillis());
      assertEquals(Duration.ZERO, timeline.settled(calm, end, target), "seed " + seed);
    }
    boolean soon = afterMillis.stream().allMatch(millis -> millis <= 100);
    assertTrue(soon, "milliseconds by seed: " + afterMillis);
  }

  @Test
  void aContestantThatLosesTrackOfItsJobsIsTold() {
    Entrant confused =
        new Entrant(
            "confused",
            house ->
                new Contestant() {
                  @Override
                  public void offered(Job job) {
                    house.refuse(job);
                    house.start(job);
                  }

                  @Override
                  public void ended(Job job) {}
                });
    assertThrows(
        IllegalStateException.class, () -> Simulation.run(Workload.uniform(), two(1), confused));
  }

  @Test
  void aContestantMayStopWhatRuns() {
    List<Job> running = new ArrayList<>();
    Entrant impatient =
        new Entrant(
            "impatient",
            house ->
                new Contestant() {
                  @Override
                  public void offered(Job job) {
                    running.forEach(house::stop);
                    running.clear();
                    running.add(job);
                    house.start(job);
                  }

                  @Override
                  public void ended(Job job) {
                    running.remove(job);
                  }
                });
    Result result = Simulation.run(Workload.uniform(), two(1), impatient);
    assertTrue(result.stopped() > 0);
    assertTrue(Math.abs(result.offered() - result.good() - result.stopped()) <= 1);
    assertTrue(result.wasted() > 0.2);
  }

  @Test
  void sixtyFourProcessorsRunManyTimesFasterThanRealTime() {
    Setting setting = Setting.of(64, LoadShape.steady(10), Duration.ofSeconds(1), 1);
    Result result = Simulation.run(Workload.mixed(), setting, Field.newestFirst());
    assertTrue(result.offered() > 150_000);
    assertTrue(result.cpuGoodput() > 0.9);
  }
}
