package dev.weir.proxy.classify;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.TestSettings;
import dev.weir.proxy.path.Estimate;
import dev.weir.proxy.path.Sketch;
import dev.weir.routing.RouteOutcome;
import dev.weir.routing.RouteQuery;
import dev.weir.routing.StopSignal;
import dev.weir.routing.graphhopper.GraphHopperEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** On a real map. Costs are counted in visited nodes, so that no other process has a say. */
final class RealCostsTest {

  private static final int LEARNING = 600;
  private static final int JUDGED = 400;
  private static final double NANOS_PER_NODE = 1_000;
  private static final double FIXED_NANOS = 100_000;

  @Test
  void cheapCallsAreToldFromDearOnes() throws Exception {
    try (GraphHopperEngine engine =
        GraphHopperEngine.open(TestSettings.monaco().engine(), _ -> {}, System::nanoTime)) {
      LearnedCosts costs =
          new LearnedCosts(
              TestSettings.monaco().engine().profiles(),
              "monaco",
              engine.nodes(),
              engine::nodesNear);
      SplittableRandom random = new SplittableRandom(1);
      List<Double> estimated = new ArrayList<>();
      List<Double> actual = new ArrayList<>();
      for (int i = 0; i < LEARNING + JUDGED; i++) {
        RouteQuery query = mixed(engine.sample(random), random);
        Estimate estimate = costs.estimate(Sketch.of(query));
        RouteOutcome outcome = engine.compute(query, StopSignal.NEVER);
        double nanos = FIXED_NANOS + outcome.visitedNodes() * NANOS_PER_NODE;
        costs.learn(estimate, (long) nanos, outcome.visitedNodes());
        if (i >= LEARNING) {
          estimated.add((double) estimate.meanNanos());
          actual.add(nanos);
        }
      }
      double correlation = correlation(ranks(estimated), ranks(actual));
      assertTrue(correlation > 0.8, () -> "rank correlation " + correlation);
      double ratio = sum(estimated) / sum(actual);
      assertTrue(ratio > 0.7 && ratio < 1.4, () -> "estimated by actual work " + ratio);
    }
  }

  /** Samples of an engine are mostly of one kind, and reach equally far; here they are not. */
  private static RouteQuery mixed(RouteQuery query, SplittableRandom random) {
    return switch (query) {
      case RouteQuery.Route route ->
          switch (random.nextInt(4)) {
            case 0 -> route;
            case 1 -> searched(route, "", Map.of("ch.disable", true, "lm.disable", true));
            case 2 -> searched(route, "", Map.of("ch.disable", true));
            default ->
                searched(
                    route, "alternative_route", Map.of("ch.disable", true, "lm.disable", true));
          };
      case RouteQuery.Nearest nearest ->
          new RouteQuery.Isochrone(
              "car",
              nearest.point(),
              1,
              false,
              10L << random.nextInt(6),
              -1,
              -1,
              RouteQuery.Json.USUAL,
              0,
              false,
              Map.of());
      case RouteQuery.Isochrone isochrone -> isochrone;
      case RouteQuery.ShortestPathTree tree -> tree;
      case RouteQuery.MatrixRow row -> row;
    };
  }

  private static RouteQuery searched(
      RouteQuery.Route route, String algorithm, Map<String, Object> hints) {
    return new RouteQuery.Route(
        route.profile(),
        route.points(),
        List.of(),
        List.of(),
        List.of(),
        null,
        List.of(),
        algorithm,
        "en",
        null,
        hints,
        route.rendering());
  }

  private static double sum(List<Double> values) {
    return values.stream().mapToDouble(value -> value).sum();
  }

  /** Equal values share the mean of their ranks. */
  private static double[] ranks(List<Double> values) {
    return values.stream()
        .mapToDouble(
            value ->
                values.stream().filter(other -> other < value).count()
                    + values.stream().filter(other -> other.equals(value)).count() / 2.0)
        .toArray();
  }

  private static double correlation(double[] a, double[] b) {
    double meanA = IntStream.range(0, a.length).mapToDouble(i -> a[i]).average().orElseThrow();
    double meanB = IntStream.range(0, b.length).mapToDouble(i -> b[i]).average().orElseThrow();
    double both = 0;
    double squareA = 0;
    double squareB = 0;
    for (int i = 0; i < a.length; i++) {
      both += (a[i] - meanA) * (b[i] - meanB);
      squareA += (a[i] - meanA) * (a[i] - meanA);
      squareB += (b[i] - meanB) * (b[i] - meanB);
    }
    return both / Math.sqrt(squareA * squareB);
  }
}
