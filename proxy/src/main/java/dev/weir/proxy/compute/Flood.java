package dev.weir.proxy.compute;

import dev.weir.proxy.path.Priority;
import dev.weir.proxy.transport.PlainCaller;
import dev.weir.routing.Coordinate;
import dev.weir.routing.RouteQuery;
import dev.weir.routing.RoutingEngine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;

/**
 * Callers on loopback who ask again as soon as they are answered. Each has a thread and a
 * connection; {@link #level} is for the one that watches.
 */
public final class Flood implements AutoCloseable {

  private static final int MOST_CALLERS = 256;
  private static final int REQUESTS = 1_024;
  private static final int TRIES = 10 * REQUESTS;
  private static final int LEAST_MILLIS = 2;
  private static final int MOST_MILLIS = 500;
  private static final int PATIENCE_MILLIS = 5_000;
  private static final long WINDOW_NANOS = Duration.ofMillis(500).toNanos();
  private static final int OK = 200;

  private final LongAdder ended = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final List<Thread> callers = new ArrayList<>();
  private final Plateau plateau = new Plateau();
  private volatile boolean closed;
  private long windowNanos;
  private long windowEnded;

  private Flood(List<byte[]> requests, int port, int number) {
    for (int i = 0; i < number && !requests.isEmpty(); i++) {
      int first = i * requests.size() / number;
      Thread caller =
          Thread.ofPlatform()
              .name("weir-rehearsal-" + i)
              .daemon()
              .unstarted(() -> call(requests, first, port));
      callers.add(caller);
    }
  }

  /**
   * Begins.
   *
   * @param engine asked for places on its map
   * @param callers of which there are no more than 256
   */
  public static Flood of(RoutingEngine engine, long seed, int port, int callers) {
    List<byte[]> requests = requests(engine, new SplittableRandom(seed));
    Flood flood = new Flood(requests, port, Math.min(callers, MOST_CALLERS));
    flood.callers.forEach(Thread::start);
    return flood;
  }

  private static List<byte[]> requests(RoutingEngine engine, SplittableRandom random) {
    List<byte[]> requests = new ArrayList<>();
    for (int i = 0; i < TRIES && requests.size() < REQUESTS; i++) {
      if (engine.sample(random) instanceof RouteQuery.Route route) {
        requests.add(request(route, random).getBytes(StandardCharsets.US_ASCII));
      }
    }
    return requests;
  }

  private static String request(RouteQuery.Route route, SplittableRandom random) {
    StringBuilder request = new StringBuilder("GET /route?profile=").append(route.profile());
    for (Coordinate point : route.points()) {
      request.append("&point=").append(point.latitude()).append(',').append(point.longitude());
    }
    Priority[] tiers = Priority.values();
    return request
        .append(" HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\nX-Weir-Priority: ")
        .append(tiers[random.nextInt(tiers.length)])
        .append("\r\nX-Request-Timeout-Ms: ")
        .append(random.nextInt(LEAST_MILLIS, MOST_MILLIS))
        .append("\r\n\r\n")
        .toString();
  }

  private void call(List<byte[]> requests, int first, int port) {
    InetSocketAddress to = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    try (PlainCaller caller = new PlainCaller(null, to, PATIENCE_MILLIS)) {
      for (int i = first; !closed; i++) {
        boolean served = caller.call(requests.get(i % requests.size())) == OK;
        caller.skipBody();
        ended.increment();
        refused.add(served ? 0 : 1);
      }
    } catch (IOException gone) {
      // one caller less: whatever it is, real callers are going to be told
    }
  }

  /** Whether answers no longer come faster; to be asked again and again. */
  public boolean level(long nowNanos) {
    if (windowNanos == 0) {
      windowNanos = nowNanos;
    } else if (nowNanos - windowNanos >= WINDOW_NANOS) {
      long now = ended.sum();
      plateau.add((now - windowEnded) * 1e9 / (nowNanos - windowNanos));
      windowEnded = now;
      windowNanos = nowNanos;
    }
    return plateau.reached();
  }

  /** Requests that were answered, one way or another. */
  public long ended() {
    return ended.sum();
  }

  /** Those of them without a route. */
  public long refused() {
    return refused.sum();
  }

  /** Waits for the answers that are outstanding. */
  @Override
  public void close() {
    closed = true;
    try {
      for (Thread caller : callers) {
        caller.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
