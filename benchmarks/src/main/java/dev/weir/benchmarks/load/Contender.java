package dev.weir.benchmarks.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How a server is started for a run: same JVM, same flags, same processor, same map, the one
 * profile {@code car} with contraction hierarchies. Logs of single requests are off in both.
 *
 * @param name {@link #STOCK} or {@link #WEIR}
 * @param command without what pins it
 * @param port it will listen on
 * @param log that takes its output
 */
record Contender(String name, List<String> command, int port, Path log) {
  static final String STOCK = "stock";
  static final String WEIR = "weir";

  /** What Weir does unless told otherwise, said to the stock server: map, graph, two ports. */
  private static final String STOCK_CONFIG =
      """
      graphhopper:
        datareader.file: "%s"
        graph.location: "%s"
        graph.dataaccess.default_type: RAM_STORE
        graph.encoded_values: car_access,car_average_speed,road_access
        import.osm.ignored_highways: ""
        prepare.min_network_size: 200
        profiles:
          - name: car
            custom_model_files: [car.json]
        profiles_ch:
          - profile: car
        profiles_lm:
          - profile: car
      server:
        application_connectors:
          - type: http
            port: %d
            bind_host: 127.0.0.1
            idle_timeout: 10 minutes
        admin_connectors:
          - type: http
            port: %d
            bind_host: 127.0.0.1
        request_log:
          appenders: []
      logging:
        level: WARN
        appenders:
          - type: console
      """;

  private static final String WEIR_CONFIG =
      """
      http:
        idle-timeout: 10m
      """;

  /** The import of a map is part of it. */
  private static final Duration START_PATIENCE = Duration.ofMinutes(15);

  Contender {
    command = List.copyOf(command);
  }

  /** What both have in common. */
  record Ground(Path map, Path workDirectory, List<String> jvmFlags) {
    Ground {
      jvmFlags = List.copyOf(jvmFlags);
    }

    private List<String> java(List<String> more, Path jar) throws IOException {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(jvmFlags);
      if (largePages()) {
        command.add("-XX:+UseTransparentHugePages"); // as the launcher does
      }
      command.addAll(more);
      command.add("-jar");
      command.add(jar.toString());
      return command;
    }

    private static boolean largePages() throws IOException {
      Path allowed = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");
      return Files.isReadable(allowed) && !Files.readString(allowed).contains("[never]");
    }

    /** Kept for the next run with the same map and configuration. */
    private Path graph(String server, String config) throws IOException {
      String key =
          "%s-%s-%d-%08x".formatted(server, map.getFileName(), Files.size(map), config.hashCode());
      return workDirectory.resolve("graphs").resolve(key).toAbsolutePath();
    }
  }

  /** The stock server, configured as its sample configuration, with idle connections kept. */
  static Contender stock(Ground ground, Path jar) throws IOException {
    int port = freePort();
    Path config = ground.workDirectory().resolve("stock.yml");
    Path graph = ground.graph(STOCK, STOCK_CONFIG);
    Files.writeString(config, STOCK_CONFIG.formatted(ground.map(), graph, port, freePort()));
    List<String> command = ground.java(List.of(), jar);
    command.add("server");
    command.add(config.toString());
    return new Contender(STOCK, command, port, ground.workDirectory().resolve("stock.log"));
  }

  /**
   * Weir.
   *
   * @param options of its JVM besides the common ones
   */
  static Contender weir(Ground ground, Path jar, List<String> options) throws IOException {
    int port = freePort();
    Path config = ground.workDirectory().resolve("weir.yaml");
    Files.writeString(config, WEIR_CONFIG);
    List<String> command = ground.java(options, jar);
    command.addAll(
        List.of(
            "serve",
            "--map=" + ground.map(),
            "--config=" + config,
            "--http-port=" + port,
            "--admin-port=" + freePort(),
            "--graph-dir=" + ground.graph(WEIR, WEIR_CONFIG)));
    return new Contender(WEIR, command, port, ground.workDirectory().resolve("weir.log"));
  }

  /**
   * Starts it on one processor.
   *
   * @param pin words in front of the command, empty where pinning is not possible
   */
  ServerProcess start(List<String> pin) throws IOException, InterruptedException {
    List<String> pinned = new ArrayList<>(pin);
    pinned.addAll(command);
    return ServerProcess.start(name, pinned, port, log, START_PATIENCE);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
