package dev.weir.proxy.admit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the essay on admission to the names that there are. */
final class AdmissionDocumentTest {

  private static final Path ROOT = Path.of("..");
  private static final Path DOCUMENT = ROOT.resolve("docs/admission.md");

  private static Set<String> named(String pattern) throws IOException {
    return Pattern.compile("`(" + pattern + ")`")
        .matcher(Files.readString(DOCUMENT))
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static void allAreIn(Set<String> there, Set<String> named) {
    assertFalse(named.isEmpty());
    named.removeAll(there);
    assertEquals(Set.of(), named);
  }

  private static Set<String> firstColumn(String document) throws IOException {
    return Pattern.compile("(?m)^\\| `([^`]+)`")
        .matcher(Files.readString(ROOT.resolve(document)))
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toSet());
  }

  @Test
  void everyClassThatIsNamedExists() throws IOException {
    Set<String> classes = new TreeSet<>();
    for (String module : new String[] {"proxy", "routing-engine", "benchmarks"}) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
        files
            .map(file -> file.getFileName().toString())
            .filter(name -> name.endsWith(".java"))
            .forEach(name -> classes.add(name.replace(".java", "")));
      }
    }

    allAreIn(classes, named("[A-Z][a-z]\\w*"));
  }

  @Test
  void everySettingThatIsNamedExists() throws IOException {
    allAreIn(
        firstColumn("README.md"), named("(?:gate|log|deadline|warm-up|callers|engine)\\.[a-z.-]+"));
  }

  @Test
  void everyMetricThatIsNamedExists() throws IOException {
    allAreIn(firstColumn("docs/metrics.md"), named("(?:weir|jvm|system|process)_[a-z_]+"));
  }

  @Test
  void everyReferenceIsListedAndEveryListedOneIsReferredTo() throws IOException {
    String text = Files.readString(DOCUMENT);
    Set<String> referredTo =
        Pattern.compile("\\[([0-9]+(?:, [0-9]+)*)]")
            .matcher(text)
            .results()
            .flatMap(match -> Stream.of(match.group(1).split(", ", -1)))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> listed =
        Pattern.compile("(?m)^([0-9]+)\\. ")
            .matcher(text.substring(text.indexOf("## References")))
            .results()
            .map(match -> match.group(1))
            .collect(Collectors.toCollection(TreeSet::new));

    assertEquals(listed, referredTo);
  }
}
