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
      String name,
      String expression,
      String duration,
      Map<String, String> labels,
      Map<String, String> annotations) {}

  /** All alerts; some have more than one rule. */
  static List<Alert> alerts() throws IOException {
    return rules("weir-alerts.yaml")
        .map(
            rule ->
                new Alert(
                    String.valueOf(rule.get("alert")),
                    String.valueOf(rule.get("expr")),
                    String.valueOf(rule.get("for")),
                    strings(child(rule, "labels")),
                    strings(child(rule, "annotations"))))
        .toList();
  }

  /** Names of what is recorded. */
  static List<String> recorded() throws IOException {
    return rules("weir-rules.yaml").map(rule -> String.valueOf(rule.get("record"))).toList();
  }

  /** Expressions of what is recorded. */
  static List<String> recordings() throws IOException {
    return rules("weir-rules.yaml").map(rule -> String.valueOf(rule.get("expr"))).toList();
  }

  /** Series that the unit tests of the alerts make up. */
  static List<Selector> madeUp() throws IOException {
    return maps(child(map(read("weir-alerts.test.yaml")), "tests"))
        .flatMap(test -> maps(child(test, "input_series")))
        .flatMap(series -> Selector.of(String.valueOf(series.get("series"))).stream())
        .toList();
  }

  /** What the adapter of the autoscaler looks for, and then asks of a pod. */
  static List<String> adapted(String namespace, String pod) throws IOException {
    Map<?, ?> rules = map(child(map(read("../kubernetes/prometheus-adapter.yaml")), "rules"));
    String matchers = "namespace=\"%s\",pod=~\"%s\"".formatted(namespace, pod);
    return maps(child(rules, "custom"))
        .flatMap(
            rule -> {
              String series = String.valueOf(rule.get("seriesQuery"));
              return Stream.of(
                  series,
                  String.valueOf(rule.get("metricsQuery"))
                      .replace("<<.Series>>", Selector.of(series).getFirst().metric())
                      .replace("<<.LabelMatchers>>", matchers)
                      .replace("<<.GroupBy>>", "pod"));
            })
        .toList();
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
