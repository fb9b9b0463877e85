package dev.weir.proxy.transport.http;

import dev.weir.proxy.path.LoadReport;
import dev.weir.routing.MapTile;
import dev.weir.routing.RoutingEngine;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tiles of the playground's map, drawn one at a time on a thread of their own, and kept. Nothing is
 * drawn while routes need the processors. Thread-safe; no method but {@link #close} blocks.
 */
final class Tiles implements AutoCloseable {

  /** Browsers ask for six at a time. */
  private static final int MOST_WAITING = 8;

  private static final int FULL_PERCENT = 100;
  private static final int MOST_KEPT = 4_096;
  private static final long MOST_KEPT_BYTES = 16L << 20;
  private static final long IDLE_SECONDS = 10;
  private static final long STOP_MILLIS = 1_000;

  private static final String JSON = "application/json";

  /** For as long as the page asks for tiles of this graph, which its address names. */
  private static final String HEADERS = Maps.SAFE + "Cache-Control: private, max-age=86400\r\n";

  private final RoutingEngine engine;
  private final LoadReport load;
  private final ThreadPoolExecutor drawer =
      new ThreadPoolExecutor(
          1,
          1,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MOST_WAITING),
          task -> Thread.ofPlatform().name("weir-tiles").daemon().unstarted(task));

  /** The one that was not asked for for longest is first. */
  private final Map<MapTile, Page> kept = new LinkedHashMap<>(16, 0.75f, true);

  private long keptBytes;

  Tiles(RoutingEngine engine, LoadReport load) {
    this.engine = engine;
    this.load = load;
    drawer.allowCoreThreadTimeOut(true);
  }

  /** What was drawn before, {@code null} if it was not. */
  synchronized @Nullable Page kept(MapTile tile) {
    return kept.get(tile);
  }

  /** Soon, or {@code null} if there is too much to do. */
  @Nullable CompletableFuture<Page> draw(MapTile tile) {
    if (load.loadPercent() >= FULL_PERCENT) {
      return null;
    }
    try {
      return CompletableFuture.supplyAsync(() -> drawn(tile), drawer);
    } catch (RejectedExecutionException tooMany) {
      return null;
    }
  }

  private Page drawn(MapTile tile) {
    Page known = kept(tile); // who asked for it at the same time may have waited for less
    if (known != null) {
      return known;
    }
    Page page = new Page(JSON, HEADERS, engine.roads(tile).body());
    keep(tile, page);
    return page;
  }

  private synchronized void keep(MapTile tile, Page page) {
    Page before = kept.put(tile, page);
    keptBytes += bytes(page) - (before == null ? 0 : bytes(before));
    var oldest = kept.values().iterator();
    while ((kept.size() > MOST_KEPT || keptBytes > MOST_KEPT_BYTES) && oldest.hasNext()) {
      keptBytes -= bytes(oldest.next());
      oldest.remove();
    }
  }

  private static long bytes(Page page) {
    return (long) page.plain().length + page.gzip().length;
  }

  /** Whether one is being drawn. */
  boolean draws() {
    return drawer.getActiveCount() > 0;
  }

  /** Waits a moment for the one that is being drawn; nobody asks for tiles any more. */
  @Override
  public void close() {
    drawer.shutdownNow();
    try {
      if (!drawer.awaitTermination(STOP_MILLIS, TimeUnit.MILLISECONDS)) {
        return; // draws() tells
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
