package dev.weir.benchmarks.riders;

import dev.weir.benchmarks.load.Contender;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A proxy in front of a stock server, from the system's packages.
 *
 * @param binary file name of the program
 * @param template of its configuration, in {@code /rivals}
 * @param shed more lines for the configuration
 * @param words of the command before the configuration file
 */
record Front(String name, String binary, String template, String shed, List<String> words) {

  /** A queue of up to 300 ms. */
  static final Front HAPROXY =
      new Front("haproxy", "haproxy", "haproxy.cfg", "", List.of("-db", "-q", "-f"));

  /** The same, but who would wait long is refused at once. */
  static final Front HAPROXY_SHORT =
      new Front(
          "haproxy-short",
          "haproxy",
          "haproxy.cfg",
          """
              # Who finds forty others waiting is told so at once.
              http-request deny deny_status 503 if { queue(stock) ge 40 }
          """,
          List.of("-db", "-q", "-f"));

  static final Front NGINX = new Front("nginx", "nginx", "nginx.conf", "", List.of("-c"));

  static final List<Front> ALL = List.of(HAPROXY, HAPROXY_SHORT, NGINX);

  /** Where Debian keeps servers, which is not on everybody's path. */
  private static final Path SYSTEM = Path.of("/usr/sbin");

  /** Besides those of the riders: to the server behind, and those that are being closed. */
  private static final int MORE_CONNECTIONS = 4_000;

  Front {
    words = List.copyOf(words);
  }

  /** The program; null if it is not installed. */
  @Nullable Path program() {
    List<Path> places = new ArrayList<>();
    String path = System.getenv("PATH");
    if (path != null) {
      for (String place : path.split(File.pathSeparator, -1)) {
        places.add(Path.of(place));
      }
    }
    places.add(SYSTEM);
    return places.stream()
        .map(place -> place.resolve(binary))
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(null);
  }

  /**
   * How to start it before the server on {@code backend}; writes its configuration.
   *
   * @param riders that will connect
   */
  Contender before(int backend, Path program, Path directory, int riders) throws IOException {
    int port = Contender.freePort();
    String config =
        configuration(
            Map.of(
                "{port}", Integer.toString(port),
                "{backend}", Integer.toString(backend),
                "{connections}", Integer.toString(riders + MORE_CONNECTIONS),
                "{directory}", directory.toAbsolutePath().toString()));
    Path file = directory.resolve(name + "-" + template).toAbsolutePath();
    Files.writeString(file, config);
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(words);
    command.add(file.toString());
    return new Contender(name, command, port, 0, directory.resolve(name + ".log"));
  }

  /** The template with its words filled in. */
  String configuration(Map<String, String> values) throws IOException {
    try (InputStream in = Front.class.getResourceAsStream("/rivals/" + template)) {
      if (in == null) {
        throw new FileNotFoundException("the build lacks " + template);
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("{shed}", shed);
      for (Map.Entry<String, String> value : values.entrySet()) {
        text = text.replace(value.getKey(), value.getValue());
      }
      return text;
    }
  }
}
