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

    private List<String> java(List<String> more, Path jar) {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(jvmFlags);
      command.addAll(more);
      command.add("-jar");
      command.add(jar.toString());
      return command;
    }

    private Path graph(String server) throws IOException {
      String key = map.getFileName() + "-" + Files.size(map) + "-" + server;
      return workDirectory.resolve("graphs").resolve(key).toAbsolutePath();
    }
  }

  /** The stock server, configured as its sample configuration, with idle connections kept. */
  static Contender stock(Ground ground, Path jar) throws IOException {
    int port = freePort();
    Path config = ground.workDirectory().resolve("stock.yml");
    Files.writeString(config, stockConfig(ground, port));
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
    Files.writeString(config, weirConfig());
    List<String> command = ground.java(options, jar);
    command.addAll(
        List.of(
            "serve",
            "--map=" + ground.map(),
            "--config=" + config,
            "--http-port=" + port,
            "--admin-port=" + freePort(),
            "--graph-dir=" + ground.graph(WEIR)));
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

  private static String stockConfig(Ground ground, int port) throws IOException {
    return """
    graphhopper:
      datareader.file: "%s"
      graph.location: "%s"
      graph.dataaccess.default_type: RAM_STORE
      graph.encoded_values: car_access, car_average_speed, road_access, road_class, max_speed
      import.osm.ignored_highways: footway,cycleway,path,pedestrian,steps
      profiles:
        - name: car
          custom_model_files: [car.json]
      profiles_ch:
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
    """
        .formatted(ground.map(), ground.graph(STOCK), port, freePort());
  }

  private static String weirConfig() {
    return """
    http:
      idle-timeout: 10m
    """;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
