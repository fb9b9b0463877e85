package dev.weir.proxy.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds the documents to the keys. After a change of keys, run with {@code -Dweir.write.documents}
 * to have them written anew.
 */
final class ConfigurationDocumentsTest {

  private static final Path ROOT = Path.of("..");
  private static final Path EXAMPLE = ROOT.resolve("config/weir.yaml");
  private static final Path README = ROOT.resolve("README.md");
  private static final String BEGIN = "<!-- configuration:begin -->\n";
  private static final String END = "<!-- configuration:end -->";

  @Test
  void theExampleListsEveryKeyWithItsDefaultAndASentence() throws IOException {
    String expected =
        """
        # Every setting of Weir with its default. Leave out what you do not want to change; a file
        # with a single line is fine. Mistakes are reported all at once, with line and key.
        # Use it with: ./weir serve --config config/weir.yaml

        """
            + YamlText.print(
                SettingsKeys.SCHEMA.writeStandards(), ConfigurationDocumentsTest::comment);

    hold(EXAMPLE, expected);
  }

  @Test
  void theExampleMeansTheDefaults() {
    Overrides map = new Overrides(Path.of("map.osm.pbf"), null, null, null, null, null);

    assertEquals(
        assertInstanceOf(Reading.Accepted.class, SettingsReader.read(null, map, Places.HERE)),
        assertInstanceOf(Reading.Accepted.class, SettingsReader.read(EXAMPLE, map, Places.HERE)));
  }

  @Test
  void theTableListsEveryKey() throws IOException {
    String text = Files.readString(README);
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    int end = text.indexOf(END);

    hold(README, text.substring(0, begin) + table() + text.substring(end));
  }

  private static void hold(Path document, String expected) throws IOException {
    if (System.getProperty("weir.write.documents") != null) {
      Files.writeString(document, expected);
    }
    assertEquals(expected, Files.readString(document), () -> document + " is not up to date");
  }

  private static String table() {
    StringBuilder table = new StringBuilder("| key | type | default | range | what it is for |\n");
    table.append("| --- | --- | --- | --- | --- |\n");
    entries().forEach(entry -> table.append(row(entry)));
    return table.toString();
  }

  private static Stream<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    for (Key<?, ?> key : SettingsKeys.SCHEMA.keys()) {
      entries.add(new Entry(key.name(), key));
      if (key.form() instanceof Form.ListOf<?>(var _, Form.Group<?>(Schema<?> schema))) {
        schema
            .keys()
            .forEach(each -> entries.add(new Entry(key.name() + "[]." + each.name(), each)));
      }
    }
    return entries.stream();
  }

  private static String row(Entry entry) {
    Key<?, ?> key = entry.key();
    String standard =
        key.equals(EngineKeys.PROFILES) ? "`car`" : "`" + text(key.writeStandard()) + "`";
    return "| `%s` | %s | %s | %s | %s |\n"
        .formatted(entry.name(), key.form().type(), standard, key.form().range(), key.sentence());
  }

  private static String text(Tree tree) {
    return switch (tree) {
      case Tree.Leaf leaf when leaf.quoted() -> '"' + leaf.text() + '"';
      case Tree.Leaf leaf -> leaf.text();
      case Tree.Items list ->
          list.items().stream().map(ConfigurationDocumentsTest::text).toList().toString();
      case Tree.Branch group -> group.toString();
    };
  }

  private static List<String> comment(String name) {
    return entries()
        .filter(entry -> entry.name().equals(name))
        .map(entry -> entry.key().sentence() + allowed(entry.key().form()))
        .flatMap(sentence -> wrap(sentence).stream())
        .toList();
  }

  private static String allowed(Form<?> form) {
    return form.range().isEmpty() ? "" : " (" + form.range() + ")";
  }

  private static List<String> wrap(String sentence) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : sentence.split(" ", -1)) {
      if (line.length() + word.length() > 88) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  private record Entry(String name, Key<?, ?> key) {}
}
