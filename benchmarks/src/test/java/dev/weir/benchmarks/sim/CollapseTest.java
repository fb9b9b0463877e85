package dev.weir.benchmarks.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.benchmarks.sim.Contestant.Entrant;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the simple policies are known to do in floods: two processors, 10 ms, half a second. */
final class CollapseTest {

  private static final Duration DEADLINE = Duration.ofMillis(500);
  private static final int PROCESSORS = 2;
  private static final double CAPACITY = 200;

  private static Result run(Entrant entrant, Workload workload, double load) {
    Setting setting = Setting.of(PROCESSORS, LoadShape.steady(load), Duration.ofMinutes(2), 7);
    return Simulation.run(workload, setting, entrant);
  }

  @ParameterizedTest
  @ValueSource(doubles = {2, 10})
  void oldestFirstUpToTheDeadlineCollapses(double load) {
    Entrant fifo = Field.firstComeFirstServed("fifo", DEADLINE);
    assertTrue(run(fifo, Workload.exponential(), load).cpuGoodput() < 0.2);
    assertTrue(run(fifo, Workload.lognormal(), load).cpuGoodput() < 0.25);
  }

  @ParameterizedTest
  @ValueSource(doubles = {2, 10})
  void earliestDeadlineFirstCollapsesWithIt(double load) {
    assertTrue(run(Field.earliestDeadlineFirst(), Workload.exponential(), load).cpuGoodput() < 0.2);
  }

  @ParameterizedTest
  @ValueSource(doubles = {2, 10})
  void oldestFirstWithAShortTimeoutAnswersWithinItAndNotSooner(double load) {
    Entrant fifo = Field.firstComeFirstServed("fifo", DEADLINE.dividedBy(5));
    Result result = run(fifo, Workload.exponential(), load);
    assertTrue(result.cpuGoodput() > 0.97);
    assertEquals(105, result.answered().p50Millis(), 10);
  }

  @ParameterizedTest
  @ValueSource(doubles = {2, 10, 50})
  void newestFirstDoesNotCollapse(double load) {
    assertTrue(run(Field.newestFirst(), Workload.exponential(), load).cpuGoodput() > 0.97);
    assertTrue(run(Field.newestFirst(), Workload.lognormal(), load).cpuGoodput() > 0.93);
  }

  @Test
  void withoutWaitingProcessorsAreIdleAtTwiceTheLoad() {
    assertEquals(0.77, run(Field.noWait(), Workload.exponential(), 2).cpuGoodput(), 0.04);
    assertEquals(0.95, run(Field.noWait(), Workload.exponential(), 10).cpuGoodput(), 0.02);
  }

  @Test
  void aLimitThatHasDriftedToTwoHundredIsOfNoUse() {
    assertEquals(0.10, run(Field.sharedBy(200), Workload.exponential(), 10).cpuGoodput(), 0.05);
    assertEquals(0.96, run(Field.sharedBy(20), Workload.exponential(), 10).cpuGoodput(), 0.03);
    assertEquals(0.65, run(Field.sharedBy(20), Workload.lognormal(), 10).cpuGoodput(), 0.07);
  }

  @Test
  void withoutControlNothingIsGood() {
    assertTrue(run(Field.uncontrolled(), Workload.exponential(), 2).cpuGoodput() < 0.02);
  }

  @Test
  void codelWithTheLastEmptyRuleKeepsTheMachineUseful() {
    Result result = run(entrant("codel-adaptive-lifo"), Workload.lognormal(), 10);
    assertTrue(result.cpuGoodput() > 0.95);
    assertTrue(result.goodPerSecond() > CAPACITY * 0.95);
  }

  @Test
  void limitersThatLookAtLatencyWasteHeavyTailedWork() {
    Result marginal = run(entrant("marginal-throughput"), Workload.lognormal(), 10);
    assertTrue(marginal.cpuGoodput() > 0.92);
    for (String name : List.of("aimd", "gradient2", "envoy-gradient")) {
      Result other = run(entrant(name), Workload.lognormal(), 10);
      assertTrue(other.cpuGoodput() < marginal.cpuGoodput() - 0.05, name);
    }
  }

  private static Entrant entrant(String name) {
    return Field.all(DEADLINE).stream()
        .filter(entrant -> entrant.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
