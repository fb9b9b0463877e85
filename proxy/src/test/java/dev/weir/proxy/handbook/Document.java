package dev.weir.proxy.handbook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A document of the repository, and what in it can be held against the rest of it. */
public final class Document {

  static final Path ROOT = Path.of("..");

  /** Those of Weir in code; the first word says which group of settings, or whose metric. */
  private static final String SETTING =
      "(?:gate|log|deadline|warm-up|callers|engine|http|grpc|admin|breaker|brownout|rides|map"
          + "|tracing)\\.[a-z][a-z.-]*(?:\\[]\\.[a-z.-]+)?|drain-[a-z-]+";

  /** Of a span, in the words of OpenTelemetry. */
  private static final Set<String> OTHERS_WRITTEN_LIKE_SETTINGS =
      Set.of("http.request.method", "http.response.body.size");

  private static final Set<String> OTHERS_WRITTEN_LIKE_CLASSES =
      Set.of(
          "Authorization",
          "GiB",
          "ImageVolume",
          "KiB",
          "LimitNOFILE",
          "MiB",
          "Origin",
          "RetryInfo",
          "TiB",
          "TimeoutStopSec",
          "TrackRide");

  private static final String METRIC = "(?:weir|jvm|system|process)_[a-z_]+";
  private static final List<String> SUFFIXES = List.of("_bucket", "_count", "_sum", "_max");
  private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]*)(?:#([^)\\s]+))?\\)");

  private final Path file;
  private final String text;

  private Document(Path file) throws IOException {
    this.file = file;
    this.text = Files.readString(file);
  }

  /**
   * @param name from the root of the repository
   */
  public static Document of(String name) throws IOException {
    return new Document(ROOT.resolve(name));
  }

  /** All documents, from the root of the repository. */
  static List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(ROOT.resolve("docs"))) {
      Stream<String> inDocs = files.map(file -> "docs/" + file.getFileName());
      return Stream.concat(Stream.of("README.md"), inDocs.filter(name -> name.endsWith(".md")))
          .sorted()
          .toList();
    }
  }

  static Document at(Path file) throws IOException {
    return new Document(file);
  }

  public String text() {
    return text;
  }

  /** Blocks of commands, in their order. */
  List<String> commands() {
    return Pattern.compile("(?ms)^```sh$\\n(.*?)^```$")
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .toList();
  }

  /** What stands between backticks, as a whole, and is of that form. */
  private Set<String> named(String pattern) {
    return Pattern.compile("`(" + pattern + ")`")
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  public void namesOnlyClassesThatExist() throws IOException {
    namesOnlyClassesOf("proxy/src", "routing-engine/src", "benchmarks/src");
  }

  /** And neither tests nor benchmarks. */
  void namesOnlyClassesOfTheServer() throws IOException {
    namesOnlyClassesOf("proxy/src/main", "routing-engine/src/main");
  }

  private void namesOnlyClassesOf(String... places) throws IOException {
    Set<String> classes = new TreeSet<>();
    for (String place : places) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(place))) {
        files
            .map(file -> file.getFileName().toString())
            .filter(name -> name.endsWith(".java"))
            .forEach(name -> classes.add(name.replace(".java", "")));
      }
    }
    Set<String> named = named("[A-Z][a-z]\\w*");
    named.removeAll(OTHERS_WRITTEN_LIKE_CLASSES);
    onlyThere(classes, named);
  }

  public void namesOnlySettingsThatExist() throws IOException {
    Set<String> named = named(SETTING);
    named.removeAll(OTHERS_WRITTEN_LIKE_SETTINGS);
    named.removeIf(name -> name.matches(".*\\.(json|yaml|pem|pbf|md|log|pid|jar)"));
    Set<String> known = firstColumn("README.md");
    named.removeIf(name -> known.stream().anyMatch(key -> key.startsWith(name + ".")));
    onlyThere(known, named);
  }

  public void namesOnlyMetricsThatExist() throws IOException {
    Set<String> known = firstColumn("docs/metrics.md");
    Set<String> named = named(METRIC);
    named.removeIf(name -> known.contains(family(name)));
    onlyThere(known, named);
  }

  private static String family(String metric) {
    for (String suffix : SUFFIXES) {
      if (metric.endsWith(suffix)) {
        return metric.substring(0, metric.length() - suffix.length());
      }
    }
    return metric;
  }

  private static Set<String> firstColumn(String document) throws IOException {
    return Pattern.compile("(?m)^\\| `([^`]+)`")
        .matcher(Files.readString(ROOT.resolve(document)))
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toSet());
  }

  /** Whatever is recorded for Prometheus and named here is recorded. */
  void namesOnlyRecordingRulesThatExist() throws IOException {
    String rules = Files.readString(ROOT.resolve("config/prometheus/weir-rules.yaml"));
    for (String name : named("weir:[a-z0-9_:]+")) {
      assertTrue(rules.contains("- record: " + name + "\n"), name);
    }
  }

  /** Links within the repository lead to files, and to headings in them. */
  void linksToWhatIsThere() throws IOException {
    for (MatchResult link : LINK.matcher(text).results().toList()) {
      String target = link.group(1);
      if (target.contains("://")) {
        continue;
      }
      Path to = target.isEmpty() ? file : file.resolveSibling(target);
      assertTrue(Files.exists(to), () -> file + " links to " + to);
      if (link.group(2) != null) {
        assertTrue(anchors(to).contains(link.group(2)), () -> file + ": " + link.group());
      }
    }
  }

  /** As GitHub makes them of headings. */
  private static Set<String> anchors(Path file) throws IOException {
    return Pattern.compile("(?m)^#+ (.+)$")
        .matcher(Files.readString(file))
        .results()
        .map(match -> match.group(1).toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^a-z0-9 _-]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  private void onlyThere(Set<String> there, Set<String> named) {
    Set<String> unknown = new TreeSet<>(named);
    unknown.removeAll(there);
    assertEquals(Set.of(), unknown, file::toString);
  }
}
