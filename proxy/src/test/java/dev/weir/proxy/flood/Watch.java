package dev.weir.proxy.flood;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Looks at a server's gauges over and over while others ask it, and keeps the highest values. */
final class Watch implements AutoCloseable {

  private static final Duration BETWEEN = Duration.ofMillis(20);

  private final int adminPort;
  private final Map<String, Double> highest = new TreeMap<>();
  private final Thread thread = new Thread(this::look, "watch");
  private volatile MetricsPage latest;
  private volatile boolean enough;
  private volatile @Nullable Exception failure;

  private Watch(int adminPort, MetricsPage first) {
    this.adminPort = adminPort;
    this.latest = first;
  }

  static Watch over(int adminPort, String... gauges) throws IOException {
    Watch watch = new Watch(adminPort, MetricsPage.read(adminPort));
    for (String gauge : gauges) {
      watch.highest.put(gauge, 0.0);
    }
    watch.thread.start();
    return watch;
  }

  private void look() {
    try {
      while (!enough) {
        MetricsPage page = MetricsPage.read(adminPort);
        latest = page;
        highest.replaceAll((gauge, value) -> Math.max(value, page.sum(gauge)));
        LockSupport.parkNanos(BETWEEN.toNanos());
      }
    } catch (Exception e) {
      failure = e;
    }
  }

  /** What was seen last, while it looks. */
  MetricsPage latest() {
    return latest;
  }

  /** The highest value that was seen of a gauge; to be called after {@link #close}. */
  double highest(String gauge) {
    return Objects.requireNonNull(highest.get(gauge));
  }

  @Override
  public String toString() {
    return highest.toString();
  }

  /** Stops looking. The server must have answered all along, whatever the load. */
  @Override
  public void close() throws Exception {
    enough = true;
    thread.join();
    if (failure != null) {
      throw failure;
    }
  }
}
