package dev.weir.proxy.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What {@code docs/deploying.md} tells people to type and to write. */
final class DeployingDocument {

  private static final Path FILE = Path.of(System.getProperty("weir.test.docs"), "deploying.md");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```([a-z]+)\n(.*?)^```$");

  private DeployingDocument() {}

  /** Its blocks of a language, in order. */
  static List<String> blocks(String language) {
    try {
      return BLOCK
          .matcher(Files.readString(FILE))
          .results()
          .filter(block -> block.group(1).equals(language))
          .map(block -> block.group(2))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Those that are values of the chart, by a name for each. */
  static Map<String, String> values() {
    Map<String, String> values = new TreeMap<>();
    for (String block : blocks("yaml")) {
      if (!block.startsWith("admin:")) {
        values.put("document-" + (values.size() + 1), block);
      }
    }
    return values;
  }

  /** Commands that contain some words, up to those words. */
  static String commandsBefore(String words) {
    String block = block(words);
    return block.substring(0, block.indexOf(words));
  }

  static String block(String words) {
    return blocks("sh").stream().filter(block -> block.contains(words)).findFirst().orElseThrow();
  }

  /** What a group of an expression matches in the block with some words. */
  static String part(String words, String expression) {
    return Pattern.compile(expression)
        .matcher(block(words))
        .results()
        .map((MatchResult match) -> match.group(1))
        .findFirst()
        .orElseThrow();
  }
}
