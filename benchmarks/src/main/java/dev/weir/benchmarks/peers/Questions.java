package dev.weir.benchmarks.peers;

import dev.weir.benchmarks.load.LoadException;
import dev.weir.routing.RouteOutcome;
import dev.weir.routing.RouteQuery;
import dev.weir.routing.RouteQuery.Rendering;
import dev.weir.routing.RoutingEngine;
import dev.weir.routing.StopSignal;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Real queries of the loaded map, of four kinds that differ in cost by two orders of magnitude, in
 * the parts in which a city's riders ask for them. Immutable once measured.
 */
public final class Questions {

  /** Names of the kinds. */
  public static final List<String> CLASSES = List.of("ch", "flexible", "alternatives", "isochrone");

  static final double[] PARTS = {0.85, 0.10, 0.03, 0.02};

  private static final int[] SAMPLES = {300, 100, 40, 30};
  private static final int WARM_UPS = 2;
  private static final int MEASUREMENTS = 3;
  private static final int TRIES = 100_000;
  private static final long ISOCHRONE_SECONDS = 600;
  private static final String ALTERNATIVES = "alternative_route";

  private static final Rendering FULL =
      new Rendering(true, true, false, false, RouteQuery.Json.USUAL);

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final List<List<Question>> byClass;

  private Questions(List<List<Question>> byClass) {
    this.byClass = byClass;
  }

  /**
   * Samples and measures; the engine should have nothing else to do. Takes some seconds.
   *
   * @throws LoadException if the map gives no queries of a kind
   */
  static Questions measured(RoutingEngine engine, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<List<RouteQuery>> queries = new ArrayList<>();
    for (int kind = 0; kind < CLASSES.size(); kind++) {
      queries.add(sample(engine, kind, random));
    }
    for (int i = 0; i < WARM_UPS; i++) {
      queries.forEach(list -> list.forEach(query -> engine.compute(query, StopSignal.NEVER)));
    }
    List<List<Question>> byClass = new ArrayList<>();
    for (int kind = 0; kind < CLASSES.size(); kind++) {
      List<Question> questions = new ArrayList<>();
      for (RouteQuery query : queries.get(kind)) {
        questions.add(new Question(query, kind, costNanos(engine, query)));
      }
      byClass.add(List.copyOf(questions));
    }
    return new Questions(List.copyOf(byClass));
  }

  private static List<RouteQuery> sample(RoutingEngine engine, int kind, SplittableRandom random) {
    List<RouteQuery> queries = new ArrayList<>();
    for (int i = 0; i < TRIES && queries.size() < SAMPLES[kind]; i++) {
      if (engine.sample(random) instanceof RouteQuery.Route route) {
        RouteQuery query = asked(route, kind);
        if (engine.compute(query, StopSignal.NEVER) instanceof RouteOutcome.Found) {
          queries.add(query);
        }
      }
    }
    if (queries.isEmpty()) {
      throw new LoadException("the map gives no queries of the kind " + CLASSES.get(kind));
    }
    return queries;
  }

  private static RouteQuery asked(RouteQuery.Route route, int kind) {
    return switch (kind) {
      case 0 -> route(route, "", Map.of());
      case 1 -> route(route, "", Map.of("ch.disable", true));
      case 2 -> route(route, ALTERNATIVES, Map.of("ch.disable", true));
      default ->
          new RouteQuery.Isochrone(
              route.profile(),
              route.points().getFirst(),
              1,
              false,
              ISOCHRONE_SECONDS,
              -1,
              -1,
              RouteQuery.Json.USUAL,
              0,
              false,
              Map.of());
    };
  }

  private static RouteQuery route(
      RouteQuery.Route between, String algorithm, Map<String, Object> hints) {
    return new RouteQuery.Route(
        between.profile(),
        between.points(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        algorithm,
        "en",
        null,
        hints,
        FULL);
  }

  /** Processor time, the least of some, so that what others do on the machine counts little. */
  private static long costNanos(RoutingEngine engine, RouteQuery query) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < MEASUREMENTS; i++) {
      long before = THREADS.getCurrentThreadCpuTime();
      engine.compute(query, StopSignal.NEVER);
      least = Math.min(least, THREADS.getCurrentThreadCpuTime() - before);
    }
    return least;
  }

  /** All of them, kind by kind. */
  List<Question> all() {
    return byClass.stream().flatMap(List::stream).toList();
  }

  /** One of them, by the parts of the kinds. */
  Question draw(SplittableRandom random) {
    double left = random.nextDouble();
    int kind = 0;
    while (kind < PARTS.length - 1 && left >= PARTS[kind]) {
      left -= PARTS[kind];
      kind++;
    }
    List<Question> questions = byClass.get(kind);
    return questions.get(random.nextInt(questions.size()));
  }

  /** Mean cost of a kind. */
  double meanNanos(int kind) {
    return byClass.get(kind).stream().mapToLong(Question::costNanos).average().orElse(0);
  }

  /** Mean cost of a call. */
  double meanNanos() {
    double sum = 0;
    for (int kind = 0; kind < PARTS.length; kind++) {
      sum += PARTS[kind] * meanNanos(kind);
    }
    return sum;
  }
}
