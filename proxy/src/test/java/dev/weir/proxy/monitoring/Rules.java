package dev.weir.proxy.monitoring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files for Prometheus, as they are in the repository. */
final class Rules {

  static final Path DIRECTORY = Path.of("..", "config", "prometheus");

  private Rules() {}

  /** An alert, as far as tests look at it. */
  record Alert(
      String name, String duration, Map<String, String> labels, Map<String, String> annotations) {}

  /** All alerts; some have more than one rule. */
  static List<Alert> alerts() throws IOException {
    return rules("weir-alerts.yaml")
        .map(
            rule ->
                new Alert(
                    String.valueOf(rule.get("alert")),
                    String.valueOf(rule.get("for")),
                    strings(child(rule, "labels")),
                    strings(child(rule, "annotations"))))
        .toList();
  }

  /** Names of what is recorded. */
  static List<String> recorded() throws IOException {
    return rules("weir-rules.yaml").map(rule -> String.valueOf(rule.get("record"))).toList();
  }

  private static Stream<Map<?, ?>> rules(String file) throws IOException {
    return maps(child(map(read(file)), "groups")).flatMap(group -> maps(child(group, "rules")));
  }

  static Object read(String file) throws IOException {
    return new Yaml(new SafeConstructor(new LoaderOptions()))
        .load(Files.readString(DIRECTORY.resolve(file)));
  }

  static Object child(Map<?, ?> node, String key) {
    return Objects.requireNonNull(node.get(key), key);
  }

  static Map<?, ?> map(Object node) {
    return (Map<?, ?>) node;
  }

  static Stream<Map<?, ?>> maps(Object list) {
    return ((List<?>) list).stream().map(Rules::map);
  }

  private static Map<String, String> strings(Object node) {
    return map(node).entrySet().stream()
        .collect(
            Collectors.toMap(
                entry -> String.valueOf(entry.getKey()),
                entry -> String.valueOf(entry.getValue())));
  }
}
