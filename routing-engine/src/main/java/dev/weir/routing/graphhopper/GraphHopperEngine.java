package dev.weir.routing.graphhopper;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.graphhopper.GraphHopper;
import com.graphhopper.jackson.Jackson;
import dev.weir.routing.EngineSettings;
import dev.weir.routing.EngineStartException;
import dev.weir.routing.MalformedQuery;
import dev.weir.routing.Rendered;
import dev.weir.routing.RouteOutcome;
import dev.weir.routing.RouteQuery;
import dev.weir.routing.RoutingEngine;
import dev.weir.routing.StopSignal;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The routing engine on an embedded GraphHopper. Its answers are those of GraphHopper's own server,
 * to the letter where they are errors, except that running out of time is told apart from there
 * being no way. Thread-safe; see {@link RoutingEngine} for who may call what.
 */
public final class GraphHopperEngine implements RoutingEngine {

  /**
   * Never stops, and unlike with {@link StopSignal#NEVER} the searches are not even watched: they
   * run as GraphHopper made them. For benchmarks that measure what the watching costs. Do not warm
   * up with it: what is compiled for unwatched searches is of no use to watched ones.
   */
  public static final StopSignal UNWATCHED =
      new StopSignal() {
        @Override
        public @Nullable Cause cause() {
          return null;
        }

        @Override
        public long remainingNanos() {
          return Long.MAX_VALUE;
        }
      };

  private final GraphHopper hopper;
  private final LongSupplier nanoTime;
  private final RouteDocuments documents;
  private final Routes routes;
  private final Isochrones isochrones;
  private final Trees trees;
  private final MatrixRows matrixRows;
  private final NearestRoads nearestRoads;
  private final Sampler sampler;
  private final NodeGrid grid;
  private final Rendered info;
  private final Translations translations;

  private GraphHopperEngine(
      GraphHopper hopper,
      List<ServedProfile> served,
      EngineSettings settings,
      LongSupplier nanoTime) {
    ObjectMapper json = Jackson.newObjectMapper();
    LoadedMap map = LoadedMap.of(hopper);
    ProfileGate profiles = ProfileGate.of(served);
    this.hopper = hopper;
    this.nanoTime = nanoTime;
    this.documents = new RouteDocuments(json);
    this.routes =
        new Routes(
            hopper,
            new RouteRequests(profiles, settings.snapPreventions(), hopper.hasElevation()),
            new RouteCaps(
                json,
                hopper.getBaseGraph().getBounds(),
                served.stream().anyMatch(ServedProfile::speedMode)),
            new RouteWriter(json, map, System::currentTimeMillis));
    this.isochrones = new Isochrones(hopper, profiles, new IsochroneWriter(json, map));
    this.trees = new Trees(hopper, profiles);
    this.nearestRoads = new NearestRoads(hopper, json);
    this.sampler = new Sampler(hopper, served.getFirst());
    this.grid = NodeGrid.of(hopper.getBaseGraph());
    this.matrixRows = new MatrixRows(hopper, profiles, grid, settings.snapPreventions());
    this.info = Description.of(hopper, json);
    this.translations = new Translations(hopper.getTranslationMap(), json);
  }

  /**
   * Loads the graph of a map, after importing the map if that was not done before. Takes seconds to
   * hours; blocks.
   *
   * @param progress gets a line for each step, one after the other, from another thread
   * @param nanoTime the clock that {@code timeout_ms} and the {@code took} of answers are measured
   *     by
   * @throws EngineStartException with one line for the operator; nothing stays open or locked
   */
  public static GraphHopperEngine open(
      EngineSettings settings, Consumer<String> progress, LongSupplier nanoTime)
      throws EngineStartException {
    GraphStart.Started started = new GraphStart(settings, progress).start();
    return new GraphHopperEngine(started.hopper(), started.profiles(), settings, nanoTime);
  }

  /**
   * Imports a map as {@link #open} does before it loads the graph, or finds that this was done
   * before. Takes seconds to hours; blocks.
   *
   * @param progress gets a line for each step, from another thread
   * @throws EngineStartException with one line for the operator; what was there before stays
   */
  public static ImportedGraph importMap(EngineSettings settings, Consumer<String> progress)
      throws EngineStartException {
    return new GraphStart(settings, progress).importOnly();
  }

  @Override
  public RouteOutcome compute(RouteQuery query, StopSignal stop) {
    Object ownLimit =
        query instanceof RouteQuery.Route route ? route.hints().get(StopTicket.TIMEOUT_HINT) : null;
    long startedAtNanos = nanoTime.getAsLong();
    StopTicket ticket = new StopTicket(stop, ownLimit, nanoTime);
    Computation computation = new Computation(ticket, nanoTime, startedAtNanos);
    StopSignal.Cause cause = stop.cause();
    if (cause != null) {
      return stopped(cause);
    }
    try {
      return ScopedValue.where(StopTicket.CURRENT, ticket).call(() -> answer(query, computation));
    } catch (StoppedSearch e) {
      return stopped(e.reason());
    } catch (Reach.PointNotSnapped e) {
      return new RouteOutcome.NotFound(e.problem(), 0);
    } catch (IllegalArgumentException e) {
      return Problems.outcome(List.of(e), 0);
    }
  }

  private RouteOutcome answer(RouteQuery query, Computation computation) {
    return switch (query) {
      case RouteQuery.Route route -> routes.compute(route, computation);
      case RouteQuery.Isochrone isochrone -> isochrones.compute(isochrone, computation);
      case RouteQuery.ShortestPathTree tree -> trees.compute(tree, computation);
      case RouteQuery.MatrixRow row -> matrixRows.compute(row, computation);
      case RouteQuery.Nearest nearest -> nearestRoads.compute(nearest, computation);
    };
  }

  private static RouteOutcome stopped(StopSignal.Cause cause) {
    return switch (cause) {
      case DEADLINE_PASSED -> new RouteOutcome.TooLate(0);
      case OVER_BUDGET -> new RouteOutcome.OverBudget(0);
      case CALLER_GONE, SHUTTING_DOWN -> new RouteOutcome.Cancelled(0);
    };
  }

  @Override
  public RouteQuery.Route readRoute(byte[] json) throws MalformedQuery {
    return documents.read(json);
  }

  @Override
  public Rendered info() {
    return info;
  }

  @Override
  public Rendered translations(String locale) {
    return translations.answer(locale);
  }

  @Override
  public int nodes() {
    return grid.nodes();
  }

  @Override
  public int nodesNear(double latitude, double longitude) {
    return grid.perSquareKm(latitude, longitude);
  }

  @Override
  public RouteQuery sample(RandomGenerator random) {
    return sampler.next(random);
  }

  /** Frees the graph. No computation may be running: it would read what is no longer there. */
  @Override
  public void close() {
    hopper.close();
  }
}
