package dev.weir.proxy.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.path.Estimate;
import dev.weir.proxy.path.Sketch;
import dev.weir.proxy.path.Traits;
import dev.weir.routing.EngineSettings.Caps;
import dev.weir.routing.EngineSettings.ProfileSettings;
import dev.weir.routing.RequestKind;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Costs are learned from a machine that is made up, so that what they should be is known. */
final class LearnedCostsTest {

  static final List<ProfileSettings> PROFILES =
      List.of(
          new ProfileSettings("car", List.of("car.json"), false, -1, true, true, Caps.DEFAULT),
          new ProfileSettings("truck", List.of("truck.json"), true, 60, false, true, Caps.DEFAULT),
          new ProfileSettings("foot", List.of("foot.json"), false, -1, false, false, Caps.DEFAULT));

  private static final int MAP_NODES = 1_000_000;
  private static final double MILLI = 1e6;

  private final SplittableRandom random = new SplittableRandom(42);
  private final LearnedCosts costs = costs();

  static LearnedCosts costs() {
    return new LearnedCosts(PROFILES, "map", MAP_NODES, (_, _) -> 100);
  }

  static Traits route(String profile, double km, Consumer<Sketch> more) {
    Sketch sketch = new Sketch(RequestKind.ROUTE);
    sketch.profile(profile);
    sketch.point(48, 9);
    sketch.point(48 + km / 111.2, 9);
    more.accept(sketch);
    return sketch.traits();
  }

  static Traits route(String profile, double km) {
    return route(profile, km, _ -> {});
  }

  private static Traits flexible(double km) {
    return route(
        "car",
        km,
        sketch -> {
          sketch.speedModeDisabled(true);
          sketch.hybridModeDisabled(true);
        });
  }

  private static Traits reach(RequestKind kind, long seconds) {
    Sketch sketch = new Sketch(kind);
    sketch.profile("car");
    sketch.point(48, 9);
    sketch.timeLimit(seconds);
    return sketch.traits();
  }

  private static double lognormal(RandomGenerator random, double median, double deviation) {
    return median * Math.exp(deviation * random.nextGaussian());
  }

  /** As a machine that takes a microsecond per node would. */
  private static void learn(LearnedCosts costs, Traits traits, double nanos) {
    costs.learn(costs.estimate(traits), (long) nanos, (long) (nanos / 1_000));
  }

  private double mean(Traits traits) {
    return costs.estimate(traits).meanNanos();
  }

  private static double prior(Traits traits) {
    return costs().estimate(traits).meanNanos();
  }

  private static void isAbout(double expected, double actual, double factor) {
    assertTrue(
        actual < expected * factor && actual > expected / factor,
        () -> "expected about " + expected + ", not " + actual);
  }

  @Test
  void beforeAnythingIsLearnedTheOrderOfMagnitudeIsRight() {
    isAbout(0.6 * MILLI, mean(route("car", 10)), 2);
    isAbout(50 * MILLI, mean(flexible(60)), 3);
    isAbout(MILLI, mean(route("car", 10, sketch -> sketch.speedModeDisabled(true))), 3);
    isAbout(2 * MILLI, mean(route("car", 10, sketch -> sketch.algorithm("alternative_route"))), 3);
    assertTrue(mean(route("car", 10, sketch -> sketch.model(7, 100))) > 10 * MILLI);
    isAbout(500 * MILLI, mean(reach(RequestKind.ISOCHRONE, 600)), 8);
    assertTrue(mean(reach(RequestKind.SPT, 600)) < mean(reach(RequestKind.ISOCHRONE, 600)) / 2);
    isAbout(0.1 * MILLI, mean(new Sketch(RequestKind.NEAREST).traits()), 3);
  }

  @Test
  void whatAsksForMoreCostsMoreBeforeAnythingIsLearned() {
    double[] kilometers = {0.1, 1, 10, 100, 1_000};
    for (int i = 1; i < kilometers.length; i++) {
      assertTrue(mean(flexible(kilometers[i])) > mean(flexible(kilometers[i - 1])));
      assertTrue(mean(route("car", kilometers[i])) > mean(route("car", kilometers[i - 1])));
    }
    assertTrue(mean(route("truck", 50)) > 1.5 * mean(route("car", 50)));
    assertTrue(mean(route("car", 5, sketch -> sketch.instructions(false))) < mean(route("car", 5)));
    assertTrue(mean(reach(RequestKind.ISOCHRONE, 60)) < mean(reach(RequestKind.ISOCHRONE, 3_600)));
  }

  @Test
  void whatIsUnknownHasAnEstimateToo() {
    for (RequestKind kind : RequestKind.values()) {
      Estimate estimate = costs.estimate(Traits.unknown(kind));
      assertTrue(estimate.meanNanos() > 0 && estimate.highNanos() >= estimate.meanNanos());
      costs.learn(estimate, 1_000_000, 10);
    }
    Sketch huge = new Sketch(RequestKind.ROUTE);
    huge.point(1e300, -1e300);
    huge.morePoints(1e300);
    huge.point(-1e300, 1e300);
    huge.algorithm("alternative_route");
    huge.maxPaths(Integer.MIN_VALUE);
    assertTrue(costs.estimate(huge.traits()).meanNanos() > 0);
  }

  @Test
  void meanAndHighQuantileConvergeToThoseOfTheCalls() {
    Traits traits = flexible(10);
    double deviation = 0.8;
    for (int i = 0; i < 2_000; i++) {
      learn(costs, traits, lognormal(random, 5 * MILLI, deviation));
    }
    Estimate estimate = costs.estimate(traits);
    isAbout(5 * MILLI * Math.exp(deviation * deviation / 2), mean(traits), 1.4);
    isAbout(5 * MILLI * Math.exp(2.33 * deviation), (double) estimate.highNanos(), 1.6);
  }

  @Test
  void oneCallInAHundredExceedsTheHighEstimateEvenWithAnOddTail() {
    Traits traits = flexible(10);
    int above = 0;
    int calls = 10_000;
    for (int i = 0; i < calls; i++) {
      // three in a hundred targets are unreachable, and their component is flooded
      double nanos = lognormal(random, (random.nextInt(100) < 3 ? 400 : 5) * MILLI, 0.3);
      above += nanos > costs.estimate(traits).highNanos() ? 1 : 0;
      learn(costs, traits, nanos);
    }
    assertEquals(0.01, above / (double) calls, 0.004);
  }

  @Test
  void theMeanIsThatOfTheSumAndNotTheTypicalCall() {
    Traits traits = flexible(10);
    double sum = 0;
    double estimated = 0;
    for (int i = 0; i < 20_000; i++) {
      double nanos = random.nextInt(20) == 0 ? 100 * MILLI : MILLI;
      if (i >= 1_000) {
        sum += nanos;
        estimated += costs.estimate(traits).meanNanos();
      }
      learn(costs, traits, nanos);
    }
    isAbout(sum, estimated, 1.15);
  }

  @Test
  void aSlowMachineIsNoticedInCellsThatWereNeverMet() {
    double before = mean(flexible(100));
    for (int i = 0; i < 200; i++) {
      Traits traits = flexible(1 + random.nextInt(20));
      learn(costs, traits, 10 * prior(traits));
    }
    isAbout(10 * before, mean(flexible(100)), 1.3);
    isAbout(10 * prior(flexible(500)), mean(flexible(500)), 1.3);
  }

  @Test
  void aCellOfItsOwnOutvotesItsNeighborsOnceItWasMetOften() {
    for (int i = 0; i < 300; i++) {
      learn(costs, flexible(5), MILLI);
      learn(costs, route("car", 5, Sketch::noPoints), MILLI);
      learn(costs, flexible(300), 10 * MILLI);
    }
    isAbout(MILLI, mean(flexible(5)), 1.05);
    isAbout(10 * MILLI, mean(flexible(300)), 1.05);
  }

  @Test
  void oneCallMovesAnUnknownCellAndHardlyOneThatIsKnown() {
    Traits known = flexible(5);
    for (int i = 0; i < 100; i++) {
      learn(costs, known, MILLI);
    }
    learn(costs, known, 3 * MILLI);
    isAbout(MILLI, mean(known), 1.1);

    double prior = mean(reach(RequestKind.SPT, 60));
    learn(costs, reach(RequestKind.SPT, 60), 20 * prior);
    assertTrue(mean(reach(RequestKind.SPT, 60)) > 2 * prior);
  }

  @Test
  void aDriftIsFollowedWithinSomeDozensOfCalls() {
    Traits traits = flexible(10);
    for (int i = 0; i < 1_000; i++) {
      learn(costs, traits, lognormal(random, 2 * MILLI, 0.3));
    }
    for (int i = 0; i < 48; i++) {
      costs.learn(costs.estimate(traits), (long) lognormal(random, 6 * MILLI, 0.3), 2_000);
    }
    isAbout(6 * MILLI, mean(traits), 1.5);
    for (int i = 0; i < 96; i++) {
      costs.learn(costs.estimate(traits), (long) lognormal(random, 2 * MILLI, 0.3), 2_000);
    }
    isAbout(2 * MILLI, mean(traits), 1.4);
  }

  @Test
  void aPauseOfTheMachineIsNotTakenForWork() {
    Traits traits = flexible(10);
    for (int i = 0; i < 500; i++) {
      double nanos = lognormal(random, 2 * MILLI, 0.5);
      double pause = i % 20 == 19 ? 300 * MILLI : 0;
      costs.learn(costs.estimate(traits), (long) (nanos + pause), (long) (nanos / 1_000));
    }
    isAbout(2.5 * MILLI, mean(traits), 2);
  }

  @Test
  void aDearCallWhoseNodesExplainItsCostCountsInFull() {
    Traits traits = flexible(10);
    for (int i = 0; i < 500; i++) {
      learn(costs, traits, i % 20 == 19 ? 300 * MILLI : 2 * MILLI);
    }
    isAbout(17 * MILLI, mean(traits), 2);
  }

  @Test
  void aStoppedCallRaisesTheEstimateIfItWasDearerAndElseSaysNothing() {
    Traits traits = flexible(10);
    for (int i = 0; i < 50; i++) {
      learn(costs, traits, 5 * MILLI);
    }
    Estimate before = costs.estimate(traits);
    costs.learnAtLeast(before, (long) MILLI);
    assertEquals(before, costs.estimate(traits));
    for (int i = 0; i < 30; i++) {
      costs.learnAtLeast(costs.estimate(traits), (long) (100 * MILLI));
    }
    assertTrue(mean(traits) > 30 * MILLI);
  }

  @Test
  void aCustomModelIsDearUntilACallWithItWasComputed() {
    Traits traits = route("car", 5, sketch -> sketch.model(0x1234_5678_9ABCL, 100));
    Traits other = route("car", 5, sketch -> sketch.model(0x1234_5678_9ABDL, 100));
    double fresh = mean(traits);
    assertEquals(fresh, mean(traits)); // asking, or being refused, compiles nothing
    learn(costs, traits, fresh);

    assertTrue(mean(traits) < fresh / 3);
    assertTrue(mean(other) > fresh / 3);
  }

  @Test
  void aFamilyIsWhatIsAskedForAndHowItIsSearchedWhateverItCosts() {
    int near = costs.estimate(route("car", 1)).family();
    assertEquals(near, costs.estimate(route("car", 100)).family());
    assertEquals(near, costs.estimate(route("truck", 1)).family() - 1); // no speed mode: landmarks
    assertEquals(near, costs.estimate(flexible(1)).family() - 2);
    assertTrue(CostCells.groupCount() <= Estimate.FAMILIES);
  }

  @Test
  void anEstimateThatIsNotOursTeachesNothing() {
    Estimate before = costs.estimate(flexible(10));
    costs.learn(Estimate.of(5), 1_000_000_000, 5);
    costs.learnAtLeast(Estimate.of(5), 1_000_000_000);
    assertEquals(before, costs.estimate(flexible(10)));
  }

  @Test
  void aProfileThatThereIsNotCostsAComplaintAndTeachesNothing() {
    Estimate estimate = costs.estimate(route("bus", 500));
    assertTrue(estimate.meanNanos() < MILLI);
    costs.learn(estimate, 1_000_000_000, 0);
    assertEquals(estimate, costs.estimate(route("bus", 500)));
    assertTrue(mean(route("", 500)) > 100 * MILLI); // perhaps the name was out of sight
  }

  @Test
  void manyThreadsLearnAtOnceAndReadersSeeOnlyWhatOneOfThemKnew() throws Exception {
    Moments moments = new Moments(1);
    List<Thread> writers =
        IntStream.range(0, 4)
            .mapToObj(
                i ->
                    Thread.ofPlatform()
                        .start(
                            () -> {
                              for (int n = 0; n < 20_000; n++) {
                                moments.learn(0, i);
                              }
                            }))
            .toList();
    boolean writing = true;
    while (writing) {
      writing = writers.stream().anyMatch(Thread::isAlive);
      long word = moments.word(0);
      assertTrue(Moments.meanLog(word) >= 0 && Moments.meanLog(word) <= 3);
      assertTrue(Moments.logMean(word) >= Moments.meanLog(word) - 0.01);
      assertTrue(Moments.variance(word) >= 0 && Moments.variance(word) <= 2.3);
    }
    for (Thread writer : writers) {
      writer.join();
    }
    assertEquals(Moments.MOST_SAMPLES, Moments.count(moments.word(0)));
  }

  @Test
  void profilesBeyondTheBoundAreServedTogether() {
    List<ProfileSettings> many =
        IntStream.range(0, 100)
            .mapToObj(
                i ->
                    new ProfileSettings(
                        "p" + i, List.of("car.json"), false, -1, true, true, Caps.DEFAULT))
            .toList();
    LearnedCosts bounded = new LearnedCosts(many, "map", MAP_NODES, (_, _) -> 100);
    for (ProfileSettings profile : many) {
      Estimate estimate = bounded.estimate(route(profile.name(), 1e6));
      assertTrue(estimate.cell() >= 0);
      bounded.learn(estimate, 1_000_000, 1_000);
    }
  }
}
