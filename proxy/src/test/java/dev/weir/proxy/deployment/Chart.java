package dev.weir.proxy.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The chart, rendered with several values. */
final class Chart {

  static final Path DIRECTORY = Path.of("../config/kubernetes");

  private static final long PATIENCE_SECONDS = 100;

  private final Path results;

  private Chart(Path results) {
    this.results = results;
  }

  /**
   * Renders all. Skips the test where there is no Helm for this machine.
   *
   * @param values documents of YAML, by name
   * @param directory an empty one
   */
  static Chart render(Map<String, String> values, Path directory) throws Exception {
    for (Map.Entry<String, String> each : values.entrySet()) {
      Files.writeString(directory.resolve(each.getKey() + ".values"), each.getValue());
    }
    Path said = directory.resolve("said.txt");
    Process helm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Rendering.class.getName(),
                DIRECTORY.toString(),
                directory.toString())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    boolean ended = helm.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    helm.destroyForcibly().waitFor();
    String words = Files.readString(said);
    Assertions.assertTrue(ended, words);
    Assumptions.assumeTrue(
        helm.exitValue() != Rendering.NO_HELM,
        () -> "There is no Helm for this machine, so this is not checked: " + words);
    Assertions.assertEquals(0, helm.exitValue(), words);
    return new Chart(directory);
  }

  /** What Helm's own checks complain of. */
  List<String> complaints() throws IOException {
    return Files.readAllLines(results.resolve(Rendering.LINT));
  }

  /** Why Helm does not render with these values. */
  String refusal(String values) throws IOException {
    return Files.readString(results.resolve(values + ".refused"));
  }

  /** What Kubernetes would be given. */
  Manifests manifests(String values) throws IOException {
    Path refused = results.resolve(values + ".refused");
    if (Files.exists(refused)) {
      Assertions.fail(values + " is refused: " + Files.readString(refused));
    }
    return new Manifests(parse(results.resolve(values + ".rendered")));
  }

  /** The documents of a file of YAML. */
  static List<JsonNode> parse(Path file) throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<JsonNode> documents = new ArrayList<>();
    Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
    for (Object document : yaml.loadAll(Files.readString(file))) {
      if (document != null) {
        documents.add(json.valueToTree(document));
      }
    }
    return documents;
  }

  /** The objects that a chart is rendered to. */
  record Manifests(List<JsonNode> all) {

    List<String> kinds() {
      return all.stream().map(each -> each.at("/kind").asText()).sorted().toList();
    }

    List<JsonNode> of(String kind) {
      return all.stream().filter(each -> each.at("/kind").asText().equals(kind)).toList();
    }

    JsonNode only(String kind) {
      List<JsonNode> found = of(kind);
      Assertions.assertEquals(1, found.size(), kind);
      return found.getFirst();
    }

    JsonNode pod() {
      return only("Deployment").at("/spec/template");
    }

    JsonNode server() {
      return pod().at("/spec/containers/0");
    }

    /** All of the pod, those that run first included. */
    List<JsonNode> containers() {
      List<JsonNode> found = new ArrayList<>(items(pod().at("/spec/initContainers")));
      found.addAll(items(pod().at("/spec/containers")));
      return found;
    }

    /** The service of callers first. */
    JsonNode service(boolean admin) {
      return of("Service").stream()
          .filter(each -> each.at("/metadata/name").asText().endsWith("-admin") == admin)
          .findFirst()
          .orElseThrow();
    }
  }

  static List<JsonNode> items(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).toList();
  }
}
