package dev.weir.benchmarks.micro;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.proxy.classify.LearnedCosts;
import dev.weir.proxy.dispatch.ProcessorTime;
import dev.weir.proxy.path.Estimate;
import dev.weir.proxy.path.Traits;
import dev.weir.proxy.path.WorkClock;
import dev.weir.proxy.transport.http.BodyGlance;
import dev.weir.proxy.transport.http.QueryGlance;
import dev.weir.routing.EngineSettings.Caps;
import dev.weir.routing.EngineSettings.ProfileSettings;
import dev.weir.routing.RequestKind;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to know what a request costs: a glance at it, an estimate, measuring the work, and
 * learning from it. Run with {@code -prof gc} to see the garbage.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CostModelBenchmark {

  private static final int REQUESTS = 1_024;
  private static final String[] MODES = {"", "&ch.disable=true", "&algorithm=alternative_route"};
  private static final byte[] DOCUMENT =
      ("{\"profile\":\"car\",\"points\":[[7.4246,43.7384],[7.4197,43.7311]],\"locale\":\"en\","
              + "\"instructions\":true,\"points_encoded\":true,\"ch.disable\":true,"
              + "\"custom_model\":{\"priority\":[{\"if\":\"road_class == MOTORWAY\","
              + "\"multiply_by\":\"0.1\"}]}}")
          .getBytes(UTF_8);

  /** As long as a glance looks. */
  private static final byte[] LONG_DOCUMENT =
      ("{\"points\":[" + "[7.4246,43.7384],".repeat(1_000) + "[7.4197,43.7311]]}").getBytes(UTF_8);

  private final LearnedCosts costs =
      new LearnedCosts(
          List.of(
              new ProfileSettings("car", List.of("car.json"), false, -1, true, true, Caps.DEFAULT),
              new ProfileSettings(
                  "foot", List.of("foot.json"), false, -1, false, true, Caps.DEFAULT)),
          "map",
          1_000_000,
          (_, _) -> 100);
  private final WorkClock work = ProcessorTime.orElsePassing(System::nanoTime);
  private final String[] queries = new String[REQUESTS];
  private final Traits[] traits = new Traits[REQUESTS];
  private int next;

  @Setup
  public void make() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < REQUESTS; i++) {
      String query =
          String.format(
              Locale.ROOT,
              "profile=%s&point=%.6f,%.6f&point=%.6f,%.6f&locale=de&instructions=%s%s",
              random.nextBoolean() ? "car" : "foot",
              random.nextDouble(47, 49),
              random.nextDouble(8, 10),
              random.nextDouble(47, 49),
              random.nextDouble(8, 10),
              random.nextBoolean(),
              MODES[random.nextInt(MODES.length)]);
      queries[i] = query;
      traits[i] = QueryGlance.of(RequestKind.ROUTE, query);
    }
  }

  @Benchmark
  public long measureWork() {
    return work.begin().workedNanos();
  }

  private int next() {
    next = (next + 1) % REQUESTS;
    return next;
  }

  @Benchmark
  public Traits glanceAtQuery() {
    return QueryGlance.of(RequestKind.ROUTE, queries[next()]);
  }

  @Benchmark
  public Traits glanceAtDocument() {
    return BodyGlance.of(DOCUMENT, false);
  }

  @Benchmark
  public Traits glanceAtLongDocument() {
    return BodyGlance.of(LONG_DOCUMENT, false);
  }

  @Benchmark
  public Estimate estimate() {
    return costs.estimate(traits[next()]);
  }

  @Benchmark
  public Estimate estimateAndLearn() {
    int request = next();
    Estimate estimate = costs.estimate(traits[request]);
    costs.learn(estimate, 1_000_000 + request * 1_000L, 1_000);
    return estimate;
  }
}
