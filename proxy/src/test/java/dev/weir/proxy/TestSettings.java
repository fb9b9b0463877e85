package dev.weir.proxy;

import dev.weir.proxy.config.AdminSettings;
import dev.weir.proxy.config.BreakerSettings;
import dev.weir.proxy.config.BrownoutSettings;
import dev.weir.proxy.config.CallersSettings;
import dev.weir.proxy.config.DeadlineSettings;
import dev.weir.proxy.config.GateSettings;
import dev.weir.proxy.config.GrpcSettings;
import dev.weir.proxy.config.HttpSettings;
import dev.weir.proxy.config.LogSettings;
import dev.weir.proxy.config.RidesSettings;
import dev.weir.proxy.config.Settings;
import dev.weir.proxy.config.TlsSettings;
import dev.weir.proxy.config.TracingSettings;
import dev.weir.proxy.config.WarmUpSettings;
import dev.weir.routing.EngineSettings;
import dev.weir.routing.EngineSettings.Caps;
import dev.weir.routing.EngineSettings.Elevation;
import dev.weir.routing.EngineSettings.ProfileSettings;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Settings for tests that start a whole server: Monaco, the car profile in speed and hybrid mode,
 * free ports on loopback, hardly any warm-up. Tests change single groups by the {@code with}
 * methods.
 *
 * <p>The caps allow routes over very many points: the only way to keep an engine busy for seconds
 * on a map as small as Monaco.
 */
public final class TestSettings {

  /** Points of one route at most. */
  public static final int MOST_POINTS = 10_000;

  private static final Caps CAPS =
      new Caps(
          MOST_POINTS, 50_000, 50_000, 5, 500, 120, 200, 250_000, 1_000_000, 65_536, 100, 1_000);

  private TestSettings() {}

  /** With a graph that all tests of this JVM share, so that only the first one imports the map. */
  public static Settings monaco() {
    return monaco(SharedGraph.DIR);
  }

  /**
   * @param graphDir where the imported map is kept
   */
  public static Settings monaco(Path graphDir) {
    return new Settings(
        engine(graphDir),
        http(),
        grpc(false),
        new AdminSettings("127.0.0.1", 0, ""),
        CallersSettings.ANYBODY,
        waiting(2),
        BrownoutSettings.OFF,
        new DeadlineSettings(Duration.ofSeconds(10), Duration.ofSeconds(60)),
        new BreakerSettings(50, Duration.ofSeconds(60), 100, 100, 50, Duration.ofSeconds(1), 5),
        new WarmUpSettings(Duration.ofMillis(500), 1),
        RidesSettings.standard(),
        new LogSettings(LogSettings.Format.TEXT, false, 100, false),
        TracingSettings.off(),
        Duration.ofSeconds(10));
  }

  /** With so many workers, and nobody is refused for having to wait. */
  public static GateSettings waiting(int permits) {
    Duration minutes = Duration.ofMinutes(10);
    return GateSettings.standard()
        .with(
            gate -> {
              gate.permits = permits;
              gate.targetQueueDelay = minutes;
              gate.maxQueueDelay = minutes;
              gate.standingQueueDelay = minutes;
            });
  }

  /** The map, as the build provides it. */
  public static Path map() {
    return Path.of(System.getProperty("weir.test.monaco"));
  }

  private static EngineSettings engine(Path graphDir) {
    ProfileSettings car =
        new ProfileSettings("car", List.of("car.json"), false, -1, true, true, CAPS);
    return new EngineSettings(
        map(),
        graphDir,
        List.of(car),
        List.of(),
        200,
        List.of(),
        Elevation.NONE,
        false,
        Integer.MAX_VALUE);
  }

  /** On any free port. */
  public static GrpcSettings grpc(boolean enabled) {
    Duration minutes = Duration.ofMinutes(10);
    return grpc(enabled, 1_000, Duration.ofSeconds(10), minutes, minutes, true);
  }

  /** The same with other limits of a connection. */
  public static GrpcSettings grpc(
      boolean enabled,
      int streams,
      Duration keepAliveMinimum,
      Duration idle,
      Duration age,
      boolean reflection) {
    return new GrpcSettings(
        enabled,
        "127.0.0.1",
        0,
        1,
        1_000,
        1_000,
        streams,
        65_536,
        8_192,
        1L << 26,
        Duration.ofSeconds(20),
        keepAliveMinimum,
        idle,
        age,
        100,
        Duration.ofSeconds(30),
        reflection);
  }

  /** The same with room for fewer connections. */
  public static GrpcSettings withConnections(GrpcSettings grpc, int all, int perAddress) {
    return new GrpcSettings(
        grpc.enabled(),
        grpc.host(),
        grpc.port(),
        grpc.eventLoops(),
        all,
        perAddress,
        grpc.maxConcurrentStreams(),
        grpc.maxMessageBytes(),
        grpc.maxMetadataBytes(),
        grpc.maxPendingAnswerBytes(),
        grpc.readTimeout(),
        grpc.keepAliveMinimum(),
        grpc.maxConnectionIdle(),
        grpc.maxConnectionAge(),
        grpc.maxRides(),
        grpc.rideSilence(),
        grpc.reflection(),
        grpc.tls());
  }

  /** The same with a port for gRPC. */
  public static Settings withGrpc(Settings all) {
    return new Settings(
        all.engine(),
        all.http(),
        grpc(true),
        all.admin(),
        all.callers(),
        all.gate(),
        all.brownout(),
        all.deadline(),
        all.breaker(),
        all.warmUp(),
        all.rides(),
        all.log(),
        all.tracing(),
        all.drainTimeout());
  }

  private static HttpSettings http() {
    return new HttpSettings(
        "127.0.0.1",
        0,
        2,
        4_000,
        4_000,
        8_192,
        16_384,
        1 << 20,
        4 << 20,
        16,
        64L << 20,
        Duration.ofSeconds(5),
        Duration.ofSeconds(5),
        Duration.ofSeconds(5),
        Duration.ofSeconds(60));
  }

  /** The same with TLS. */
  public static GrpcSettings secured(GrpcSettings grpc, TlsSettings tls) {
    return new GrpcSettings(
        grpc.enabled(),
        grpc.host(),
        grpc.port(),
        grpc.eventLoops(),
        grpc.maxConnections(),
        grpc.maxConnectionsPerAddress(),
        grpc.maxConcurrentStreams(),
        grpc.maxMessageBytes(),
        grpc.maxMetadataBytes(),
        grpc.maxPendingAnswerBytes(),
        grpc.readTimeout(),
        grpc.keepAliveMinimum(),
        grpc.maxConnectionIdle(),
        grpc.maxConnectionAge(),
        grpc.maxRides(),
        grpc.rideSilence(),
        grpc.reflection(),
        tls);
  }

  private static HttpSettings secured(HttpSettings http, TlsSettings tls) {
    return new HttpSettings(
        http.host(),
        http.port(),
        http.eventLoops(),
        http.maxConnections(),
        http.maxConnectionsPerAddress(),
        http.maxRequestLineBytes(),
        http.maxHeaderBytes(),
        http.maxBodyBytes(),
        http.maxInflatedBytes(),
        http.maxPipelined(),
        http.maxConcurrentStreams(),
        http.maxPendingAnswerBytes(),
        http.headerTimeout(),
        http.bodyTimeout(),
        http.readTimeout(),
        http.idleTimeout(),
        http.playground(),
        tls);
  }

  /** The same with TLS on both ports. */
  public static Settings secured(Settings all, TlsSettings http, TlsSettings grpc) {
    return new Settings(
        all.engine(),
        secured(all.http(), http),
        secured(grpc(true), grpc),
        all.admin(),
        all.callers(),
        all.gate(),
        all.brownout(),
        all.deadline(),
        all.breaker(),
        all.warmUp(),
        all.rides(),
        all.log(),
        all.tracing(),
        all.drainTimeout());
  }

  public static Settings with(Settings all, HttpSettings http) {
    return copy(
        all, http, all.callers(), all.gate(), all.brownout(), all.deadline(), all.drainTimeout());
  }

  public static Settings with(Settings all, AdminSettings admin) {
    return new Settings(
        all.engine(),
        all.http(),
        all.grpc(),
        admin,
        all.callers(),
        all.gate(),
        all.brownout(),
        all.deadline(),
        all.breaker(),
        all.warmUp(),
        all.rides(),
        all.log(),
        all.tracing(),
        all.drainTimeout());
  }

  public static Settings with(Settings all, GateSettings gate) {
    return copy(
        all, all.http(), all.callers(), gate, all.brownout(), all.deadline(), all.drainTimeout());
  }

  public static Settings with(Settings all, CallersSettings callers) {
    return copy(
        all, all.http(), callers, all.gate(), all.brownout(), all.deadline(), all.drainTimeout());
  }

  public static Settings with(Settings all, BrownoutSettings brownout) {
    return copy(
        all, all.http(), all.callers(), all.gate(), brownout, all.deadline(), all.drainTimeout());
  }

  public static Settings with(Settings all, DeadlineSettings deadline) {
    return copy(
        all, all.http(), all.callers(), all.gate(), all.brownout(), deadline, all.drainTimeout());
  }

  /**
   * @param drainTimeout how long running calls may take when the server is told to stop
   */
  public static Settings with(Settings all, Duration drainTimeout) {
    return copy(
        all, all.http(), all.callers(), all.gate(), all.brownout(), all.deadline(), drainTimeout);
  }

  /** Made by the first who asks, gone with the JVM. */
  private static final class SharedGraph {

    private static final Path DIR = make();

    private static Path make() {
      try {
        Path dir = Files.createTempDirectory("weir-test-graph");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(dir)));
        return dir;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void delete(Path dir) {
      try (Stream<Path> all = Files.walk(dir)) {
        all.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static Settings copy(
      Settings all,
      HttpSettings http,
      CallersSettings callers,
      GateSettings gate,
      BrownoutSettings brownout,
      DeadlineSettings deadline,
      Duration drainTimeout) {
    return new Settings(
        all.engine(),
        http,
        all.grpc(),
        all.admin(),
        callers,
        gate,
        brownout,
        deadline,
        all.breaker(),
        all.warmUp(),
        all.rides(),
        all.log(),
        all.tracing(),
        drainTimeout);
  }
}
