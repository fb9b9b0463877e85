package dev.weir.routing;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/**
 * A loaded map that answers queries. Thread-safe; {@link #compute} burns the calling thread's CPU
 * and is meant for worker threads, {@link #roads} for a thread that may be busy for a moment;
 * everything else returns at once and may be called from any thread.
 */
public interface RoutingEngine extends AutoCloseable {

  /**
   * Computes and renders the answer on the calling thread, snapping, path building and rendering
   * included. Polls {@code stop} throughout; a stopped search ends within milliseconds as {@link
   * RouteOutcome.TooLate} or {@link RouteOutcome.Cancelled}.
   *
   * @throws RuntimeException only for a fault of the engine; whatever the query may be guilty of is
   *     an outcome
   */
  RouteOutcome compute(RouteQuery query, StopSignal stop);

  /**
   * Reads the JSON document of GraphHopper's {@code POST /route}. Costs CPU in proportion to the
   * document, so call it on a worker.
   *
   * @throws MalformedQuery if the document is not JSON or not of that form
   */
  RouteQuery.Route readRoute(byte[] json) throws MalformedQuery;

  /** What {@code GET /info} answers: bounds, profiles, version, encoded values, dates, as JSON. */
  Rendered info();

  /**
   * Translations of instruction texts and user interface words, as JSON.
   *
   * @param locale the wished locale as in a path or {@code Accept-Language}, empty for none
   */
  Rendered translations(String locale);

  /** Nodes of the loaded road network. */
  int nodes();

  /**
   * Nodes per square kilometer in some kilometers around a place, 0 outside of the map or for NaN.
   * Costs nanoseconds.
   */
  int nodesNear(double latitude, double longitude);

  /** A plausible query between random places of the loaded map, for warming up and benchmarks. */
  RouteQuery sample(RandomGenerator random);

  /**
   * The roads in a tile of the map, as JSON: {@code {"extent":1024,"cut":false,"roads":{"primary":
   * [[x,y,dx,dy,…],…],…}}}, lines by the class of the road, in whole numbers from 0 to the extent
   * and a little beyond, each point relative to the one before. A tile of a large area holds large
   * roads only; {@code cut} says that there was more than one tile may hold. Costs up to some
   * tenths of a second, and seconds the first time on a large map.
   *
   * @throws java.util.concurrent.CancellationException if the thread is interrupted meanwhile
   */
  default Rendered roads(MapTile tile) {
    byte[] none = "{\"extent\":1024,\"cut\":false,\"roads\":{}}".getBytes(StandardCharsets.UTF_8);
    return new Rendered(Rendered.Media.JSON, none, 0);
  }

  @Override
  void close();
}
