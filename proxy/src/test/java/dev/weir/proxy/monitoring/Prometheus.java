package dev.weir.proxy.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.proxy.flood.Eventually;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/** A Prometheus of the machine, with the files of the repository, that scrapes one server. */
final class Prometheus implements AutoCloseable {

  static final String NAMESPACE = "shop";
  static final String POD = "weir-0";

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration BETWEEN = Duration.ofMillis(200);

  private final HttpClient client = HttpClient.newHttpClient();
  private final ObjectMapper mapper = new ObjectMapper();
  private final Process process;
  private final int port;

  private Prometheus(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Returns when it answers. Its series have a namespace and a pod, as if it ran in a cluster.
   *
   * @param directory for all it writes; need not exist
   */
  static Prometheus scraping(int adminPort, Path directory, String... features) throws Exception {
    Files.createDirectories(directory);
    for (String rules : List.of("weir-rules.yaml", "weir-alerts.yaml")) {
      Files.copy(Rules.DIRECTORY.resolve(rules), directory.resolve(rules));
    }
    String config = Files.readString(Rules.DIRECTORY.resolve("prometheus.yaml"));
    String targets = "- targets: [\"127.0.0.1:8990\"]";
    assertTrue(config.contains(targets), config);
    String ofPod = "{namespace: %s, pod: %s}".formatted(NAMESPACE, POD);
    Files.writeString(
        directory.resolve("prometheus.yaml"),
        config
            .replace(targets, targets + "\n        labels: " + ofPod)
            .replace("127.0.0.1:8990", "127.0.0.1:" + adminPort)
            .replace("15s", "1s"));
    int port = freePort();
    List<String> command = new ArrayList<>(List.of("prometheus"));
    command.add("--config.file=" + directory.resolve("prometheus.yaml"));
    command.add("--storage.tsdb.path=" + directory.resolve("data"));
    command.add("--web.listen-address=127.0.0.1:" + port);
    command.add("--enable-feature=exemplar-storage");
    for (String feature : features) {
      command.add("--enable-feature=" + feature);
    }
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start();
    Prometheus started = new Prometheus(process, port);
    try {
      Eventually.holds(
          () -> log(directory), PATIENCE, BETWEEN, () -> started.status("/-/ready") == 200);
      return started;
    } catch (Exception | AssertionError e) {
      started.close();
      throw e;
    }
  }

  private static String log(Path directory) {
    try {
      return "Prometheus is ready; it said " + Files.readString(directory.resolve("log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private HttpResponse<String> get(String target) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + port + target);
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  private int status(String target) throws IOException, InterruptedException {
    try {
      return get(target).statusCode();
    } catch (ConnectException notYet) {
      return 0;
    }
  }

  private JsonNode data(String target) throws IOException, InterruptedException {
    HttpResponse<String> response = get(target);
    assertEquals(200, response.statusCode(), response.body());
    return mapper.readTree(response.body()).path("data");
  }

  /** Waits until each of them has an answer that holds a number. */
  void answersAll(List<String> queries) throws Exception {
    List<String> missing = new ArrayList<>(queries);
    Eventually.holds(
        () -> String.join("\n", missing) + " returned data",
        PATIENCE,
        BETWEEN,
        () -> {
          List<String> answered = new ArrayList<>();
          for (String query : missing) {
            if (answers(query)) {
              answered.add(query);
            }
          }
          missing.removeAll(answered);
          return missing.isEmpty();
        });
  }

  /** Whether the query has a result with a number, or a native histogram. */
  boolean answers(String query) throws IOException, InterruptedException {
    JsonNode results = data("/api/v1/query?query=" + encoded(query)).path("result");
    return StreamSupport.stream(results.spliterator(), false)
        .anyMatch(
            result ->
                result.has("histogram") || !"NaN".equals(result.path("value").path(1).asText()));
  }

  /** Waits until a series of each has an exemplar that names a trace. */
  void namesTracesBehindAll(List<String> queries) throws Exception {
    for (String query : queries) {
      Eventually.holds(() -> query + " has exemplars", PATIENCE, BETWEEN, () -> namesTraces(query));
    }
  }

  private boolean namesTraces(String query) throws IOException, InterruptedException {
    return data("/api/v1/query_exemplars?query=" + encoded(query))
        .findValuesAsText("trace_id")
        .stream()
        .anyMatch(id -> id.matches("[0-9a-f]{32}"));
  }

  /** What series of the metric are labelled by, without what a cluster adds. */
  Set<Set<String>> labels(String metric) throws IOException, InterruptedException {
    Set<Set<String>> all = new HashSet<>();
    for (JsonNode series : data("/api/v1/series?match%5B%5D=" + encoded(metric))) {
      Set<String> names = new TreeSet<>();
      series.fieldNames().forEachRemaining(names::add);
      names.removeAll(Set.of("__name__", "namespace", "pod"));
      all.add(names);
    }
    return all;
  }

  /** What a variable of Grafana offers, {@code label_values(series, label)}. */
  List<String> values(String series, String label) throws IOException, InterruptedException {
    return StreamSupport.stream(
            data("/api/v1/label/" + label + "/values?match%5B%5D=" + encoded(series)).spliterator(),
            false)
        .map(JsonNode::asText)
        .toList();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** What is wrong with rules that could not be evaluated. */
  List<String> brokenRules() throws IOException, InterruptedException {
    List<String> broken = new ArrayList<>();
    for (JsonNode group : data("/api/v1/rules").path("groups")) {
      for (JsonNode rule : group.path("rules")) {
        if (!rule.path("health").asText().equals("ok")) {
          broken.add(rule.path("name").asText() + ": " + rule.path("lastError").asText());
        }
      }
    }
    return broken;
  }

  @Override
  public void close() {
    process.destroyForcibly();
    client.shutdownNow();
  }
}
