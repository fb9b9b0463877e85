package dev.weir.benchmarks.overhead;

import dev.weir.benchmarks.peers.CarOnly;
import dev.weir.proxy.classify.LearnedCosts;
import dev.weir.proxy.compute.WarmUp;
import dev.weir.proxy.config.WarmUpSettings;
import dev.weir.proxy.dispatch.Workers;
import dev.weir.proxy.path.WorkClock;
import dev.weir.proxy.transport.BindFailed;
import dev.weir.proxy.transport.contract.GetRoute;
import dev.weir.routing.EngineSettings;
import dev.weir.routing.EngineStartException;
import dev.weir.routing.RouteOutcome;
import dev.weir.routing.RouteQuery;
import dev.weir.routing.RoutingEngine;
import dev.weir.routing.StopSignal;
import dev.weir.routing.graphhopper.GraphHopperEngine;
import dev.weir.v1.GetRouteRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The engine in a process of its own: one thread, one question after the other, no network. It
 * warms up as a server does, with searches of all kinds, so that its code is compiled after the
 * same past; draws questions that have answers, prints them, and then answers for as long as each
 * line of its input says, round and round. It ends with its input.
 */
final class EngineAlone {
  private static final int TRIES = 100;

  private final RoutingEngine engine;
  private final PrintStream out;
  private final List<RouteQuery> queries = new ArrayList<>();
  private int turn;

  private EngineAlone(RoutingEngine engine, PrintStream out) {
    this.engine = engine;
    this.out = out;
  }

  /** Arguments: map, directory for the graph, how many questions, seed, milliseconds to warm up. */
  public static void main(String[] arguments)
      throws IOException, EngineStartException, BindFailed, InterruptedException {
    PrintStream out = System.out;
    System.setOut(System.err); // libraries log there
    EngineSettings settings = CarOnly.settings(Path.of(arguments[0]), Path.of(arguments[1]));
    long seed = Long.parseLong(arguments[3]);
    Workers.carriers(1);
    try (RoutingEngine engine = GraphHopperEngine.open(settings, step -> {}, System::nanoTime)) {
      Duration warmUp = Duration.ofMillis(Long.parseLong(arguments[4]));
      warmUp(engine, settings, new WarmUpSettings(warmUp, seed));
      EngineAlone alone = new EngineAlone(engine, out);
      alone.draw(Integer.parseInt(arguments[2]), seed);
      try (BareServer bare = new BareServer(alone::next)) {
        alone.ready(bare.port());
        alone.serve();
      }
    }
  }

  private static void warmUp(RoutingEngine engine, EngineSettings settings, WarmUpSettings wished)
      throws InterruptedException {
    LearnedCosts costs =
        new LearnedCosts(
            settings.profiles(),
            String.valueOf(settings.map().getFileName()),
            engine.nodes(),
            engine::nodesNear);
    new WarmUp(
            engine,
            costs,
            wished,
            1,
            Workers.virtual(),
            SplittableRandom::new,
            System::nanoTime,
            WorkClock.passing(System::nanoTime))
        .run(System.err::println);
  }

  private void draw(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < TRIES * count && queries.size() < count; i++) {
      if (engine.sample(random) instanceof RouteQuery.Route sample) {
        GetRouteRequest request = Way.request(sample.points());
        RouteQuery query = new GetRoute().query(request);
        if (engine.compute(query, StopSignal.NEVER) instanceof RouteOutcome.Found) {
          queries.add(query);
          out.println(Way.line(request));
        }
      }
    }
  }

  private void ready(int port) {
    out.println(EngineProcess.READY + port);
    out.flush();
  }

  private void serve() throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      out.println(answer(Duration.ofMillis(Long.parseLong(line))));
      out.flush();
    }
  }

  /** Whether the question whose turn it is got an answer. By one thread at a time. */
  private boolean next() {
    RouteQuery query = queries.get(turn);
    turn = (turn + 1) % queries.size();
    return engine.compute(query, StopSignal.NEVER) instanceof RouteOutcome.Found;
  }

  /** How many; one at least. */
  private long answer(Duration time) {
    long startNanos = System.nanoTime();
    long answers = 0;
    do {
      answers += next() ? 1 : 0;
    } while (System.nanoTime() - startNanos < time.toNanos());
    return answers;
  }
}
