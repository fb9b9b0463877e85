package dev.weir.benchmarks.micro;

import dev.weir.routing.EngineSettings;
import dev.weir.routing.EngineSettings.Caps;
import dev.weir.routing.EngineSettings.Elevation;
import dev.weir.routing.EngineSettings.ProfileSettings;
import dev.weir.routing.EngineStartException;
import dev.weir.routing.RouteQuery;
import dev.weir.routing.StopSignal;
import dev.weir.routing.graphhopper.GraphHopperEngine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What it costs that a search can be stopped: the same routes with a signal that is looked at, and
 * with {@link GraphHopperEngine#UNWATCHED}. Each in JVMs of its own, so that none sees the types of
 * the other. Monaco is unpacked by the build of {@code routing-engine}; another map is given by
 * {@code -p map=FILE}.
 *
 * <p>{@code cpuNanos} divided by {@code routes} is the figure to compare on a machine that is busy
 * with something else.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(5)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 1)
public class StoppableSearchBenchmark {

  private static final int ROUTES = 64;
  private static final RouteQuery.Rendering SEARCH_ONLY =
      new RouteQuery.Rendering(false, false, false, false, RouteQuery.Json.USUAL);

  /** How routes are searched for. */
  public enum Search {
    FLEXIBLE_DIJKSTRA,
    FLEXIBLE,
    HYBRID,
    SPEED
  }

  /** Whether the computation can be stopped. */
  public enum Stop {
    UNWATCHED,
    WATCHED
  }

  /** CPU time of the measuring thread. */
  @AuxCounters(AuxCounters.Type.EVENTS)
  @State(Scope.Thread)
  public static class Cpu {
    public long cpuNanos;
    public long routes;
  }

  @Param({"routing-engine/target/map/monaco-latest.osm.pbf"})
  public String map = "";

  @Param({"FLEXIBLE_DIJKSTRA", "FLEXIBLE", "HYBRID", "SPEED"})
  public Search search = Search.FLEXIBLE;

  @Param({"UNWATCHED", "WATCHED"})
  public Stop stop = Stop.UNWATCHED;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final List<RouteQuery.Route> routes = new ArrayList<>();
  private StopSignal signal = GraphHopperEngine.UNWATCHED;
  private @Nullable GraphHopperEngine engine;

  @Setup(Level.Trial)
  public void open() throws EngineStartException, IOException {
    Path file = Path.of(map);
    Path graphs = Path.of("target", "benchmark-graphs", String.valueOf(file.getFileName()));
    Files.createDirectories(graphs);
    GraphHopperEngine opened =
        GraphHopperEngine.open(
            new EngineSettings(
                file,
                graphs,
                List.of(
                    new ProfileSettings(
                        "car", List.of("car.json"), false, -1, true, true, Caps.DEFAULT)),
                List.of(),
                200,
                List.of(),
                Elevation.NONE,
                false,
                Integer.MAX_VALUE),
            _ -> {},
            System::nanoTime);
    engine = opened;
    signal = stop == Stop.UNWATCHED ? GraphHopperEngine.UNWATCHED : new Deadline(Long.MAX_VALUE);
    SplittableRandom random = new SplittableRandom(42);
    while (routes.size() < ROUTES) {
      if (opened.sample(random) instanceof RouteQuery.Route route) {
        routes.add(searched(route));
      }
    }
  }

  private RouteQuery.Route searched(RouteQuery.Route route) {
    Map<String, Object> hints =
        switch (search) {
          case FLEXIBLE, FLEXIBLE_DIJKSTRA -> Map.of("ch.disable", true, "lm.disable", true);
          case HYBRID -> Map.of("ch.disable", true);
          case SPEED -> Map.of();
        };
    return new RouteQuery.Route(
        route.profile(),
        route.points(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        search == Search.FLEXIBLE_DIJKSTRA ? "dijkstra" : "",
        "en",
        null,
        hints,
        SEARCH_ONLY);
  }

  @TearDown(Level.Trial)
  public void close() {
    if (engine != null) {
      engine.close();
    }
  }

  @Benchmark
  @OperationsPerInvocation(ROUTES)
  public void route(Cpu cpu, Blackhole results) {
    if (engine == null) {
      throw new IllegalStateException("Set up first");
    }
    long before = threads.getCurrentThreadCpuTime();
    for (RouteQuery.Route route : routes) {
      results.consume(engine.compute(route, signal));
    }
    cpu.cpuNanos += threads.getCurrentThreadCpuTime() - before;
    cpu.routes += ROUTES;
  }

  /** A signal as a server has it: a volatile flag and a clock. */
  private static final class Deadline implements StopSignal {

    private final long atNanos;
    private volatile @Nullable Cause gone;

    Deadline(long atNanos) {
      this.atNanos = atNanos;
    }

    @Override
    public @Nullable Cause cause() {
      Cause cause = gone;
      if (cause == null && remainingNanos() <= 0) {
        gone = Cause.DEADLINE_PASSED;
        return gone;
      }
      return cause;
    }

    @Override
    public long remainingNanos() {
      return atNanos - System.nanoTime();
    }
  }
}
