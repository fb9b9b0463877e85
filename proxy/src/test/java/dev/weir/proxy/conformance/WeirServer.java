package dev.weir.proxy.conformance;

import dev.weir.proxy.Server;
import dev.weir.proxy.TestSettings;
import dev.weir.proxy.config.AdminSettings;
import dev.weir.proxy.config.BreakerSettings;
import dev.weir.proxy.config.BrownoutSettings;
import dev.weir.proxy.config.CallersSettings;
import dev.weir.proxy.config.DeadlineSettings;
import dev.weir.proxy.config.HttpSettings;
import dev.weir.proxy.config.LogSettings;
import dev.weir.proxy.config.RidesSettings;
import dev.weir.proxy.config.Settings;
import dev.weir.proxy.config.TracingSettings;
import dev.weir.proxy.config.WarmUpSettings;
import dev.weir.routing.EngineSettings;
import dev.weir.routing.EngineSettings.Elevation;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;

/** Weir in this JVM, with the map and profiles of {@link Town}, and patient: nothing is refused. */
final class WeirServer implements Subject {

  private final Server server;

  private WeirServer(Server server) {
    this.server = server;
  }

  /**
   * Returns when requests are answered.
   *
   * @param directory for the graph; need not exist
   */
  static WeirServer start(Path directory) throws Exception {
    return new WeirServer(Server.start(settings(directory.resolve("graph")), line -> {}));
  }

  @Override
  public int port() {
    return server.httpPort();
  }

  @Override
  public void close() {
    server.close();
  }

  /** Makes Weir refuse, as an operator would. */
  void openBreaker() throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + server.adminPort() + "/breaker/forced-open");
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.noBody()).build();
      int status = client.send(request, BodyHandlers.ofString()).statusCode();
      if (status / 100 != 2) {
        throw new IllegalStateException("breaker could not be forced open: " + status);
      }
    }
  }

  private static Settings settings(Path graph) {
    EngineSettings engine =
        new EngineSettings(
            Town.map(),
            graph,
            Town.PROFILES,
            Town.ENCODED_VALUES,
            Town.MIN_NETWORK_SIZE,
            Town.SNAP_PREVENTIONS,
            Elevation.NONE,
            false,
            Integer.MAX_VALUE);
    Duration minute = Duration.ofMinutes(1);
    return new Settings(
        engine,
        new HttpSettings(
            "127.0.0.1",
            0,
            1,
            100,
            100,
            8192,
            51_200,
            1 << 20,
            1 << 22,
            4,
            1L << 26,
            minute,
            minute,
            minute,
            minute),
        TestSettings.grpc(false),
        new AdminSettings("127.0.0.1", 0, ""),
        CallersSettings.ANYBODY,
        TestSettings.waiting(2),
        BrownoutSettings.OFF,
        new DeadlineSettings(minute, minute),
        new BreakerSettings(100, minute, 100, 1000, 1000, minute, 10),
        new WarmUpSettings(Duration.ZERO, 1),
        RidesSettings.standard(),
        new LogSettings(LogSettings.Format.TEXT, false, 100, false),
        TracingSettings.off(),
        Duration.ofSeconds(1));
  }
}
