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
 * @param name {@link #STOCK}, {@link #WEIR}, or that of a variant
 * @param command without what pins it
 * @param port it will listen on
 * @param grpcPort for the same by gRPC, 0 for none
 * @param log that takes its output
 */
public record Contender(String name, List<String> command, int port, int grpcPort, Path log) {
  public static final String STOCK = "stock";
  public static final String WEIR = "weir";

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

  /** One processor, and otherwise what the launcher gives to Weir, but for the heap. */
  public static final String JVM_OPTIONS =
      "-XX:ActiveProcessorCount=1 -XX:+UseParallelGC -XX:Tier3DelayOn=1000"
          + " -XX:+ExitOnOutOfMemoryError"
          + " --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
          + " -Dcom.google.protobuf.use_unsafe_pre22_gencode=true";

  /** The import of a map is part of it. */
  private static final Duration START_PATIENCE = Duration.ofMinutes(15);

  public Contender {
    command = List.copyOf(command);
  }

  /** What all have in common. */
  public record Ground(Path map, Path workDirectory, List<String> jvmFlags) {
    public Ground {
      jvmFlags = List.copyOf(jvmFlags);
    }

    /** The command of their JVMs, as far as the flags that all have. */
    public List<String> java() throws IOException {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(jvmFlags);
      if (largePages()) {
        command.add("-XX:+UseTransparentHugePages"); // as the launcher does
      }
      return command;
    }

    private List<String> java(List<String> more, Path jar) throws IOException {
      List<String> command = java();
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
    return stock(ground, STOCK, jar);
  }

  /** The same under another name, with files of its own. */
  public static Contender stock(Ground ground, String name, Path jar) throws IOException {
    int port = freePort();
    Path config = ground.workDirectory().resolve(name + ".yml");
    Path graph = ground.graph(name, STOCK_CONFIG);
    Files.writeString(config, STOCK_CONFIG.formatted(ground.map(), graph, port, freePort()));
    List<String> command = ground.java(List.of(), jar);
    command.add("server");
    command.add(config.toString());
    return new Contender(name, command, port, 0, ground.workDirectory().resolve(name + ".log"));
  }

  /**
   * Weir.
   *
   * @param options of its JVM besides the common ones
   */
  static Contender weir(Ground ground, Path jar, List<String> options) throws IOException {
    return weir(ground, WEIR, jar, options, "");
  }

  /**
   * Weir under a name of its own.
   *
   * @param options of its JVM besides the common ones
   * @param settings lines of its configuration besides the common ones
   */
  public static Contender weir(
      Ground ground, String name, Path jar, List<String> options, String settings)
      throws IOException {
    int port = freePort();
    int grpcPort = freePort();
    Path config = ground.workDirectory().resolve(name + ".yaml");
    Files.writeString(config, WEIR_CONFIG + settings);
    List<String> command = ground.java(options, jar);
    command.addAll(
        List.of(
            "serve",
            "--map=" + ground.map(),
            "--config=" + config,
            "--http-port=" + port,
            "--grpc-port=" + grpcPort,
            "--admin-port=" + freePort(),
            "--graph-dir=" + ground.graph(name, WEIR_CONFIG)));
    return new Contender(
        name, command, port, grpcPort, ground.workDirectory().resolve(name + ".log"));
  }

  /**
   * Starts it on one processor.
   *
   * @param pin words in front of the command, empty where pinning is not possible
   */
  public ServerProcess start(List<String> pin) throws IOException, InterruptedException {
    List<String> pinned = new ArrayList<>(pin);
    pinned.addAll(command);
    return ServerProcess.start(name, pinned, port, log, START_PATIENCE);
  }

  /** A port that nothing listens on at this moment. */
  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
