package dev.weir.proxy.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The requests, one per line, in text files under {@code conformance/}.
 *
 * <p>{@code let name = text} defines what {@code ${name}} stands for in later lines; <code>
 * {{a|b}}</code> writes the line once with each of the alternatives; lines that start with {@code
 * #} are remarks.
 */
final class Corpus {

  private static final Pattern ALTERNATIVES = Pattern.compile("\\{\\{([^{}]*+)}}");

  private Corpus() {}

  static List<Probe> read(String group) {
    Map<String, String> names = new LinkedHashMap<>();
    List<Probe> probes = new ArrayList<>();
    for (String raw : lines(group)) {
      String line = raw.strip();
      if (line.startsWith("let ")) {
        int equals = line.indexOf(" = ");
        names.put(line.substring(4, equals).strip(), replaced(line.substring(equals + 3), names));
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        expand(replaced(line, names)).forEach(text -> probes.add(new Probe(group, text)));
      }
    }
    return probes;
  }

  private static String replaced(String line, Map<String, String> names) {
    String result = line;
    for (Map.Entry<String, String> name : names.entrySet()) {
      result = result.replace("${" + name.getKey() + "}", name.getValue());
    }
    if (result.contains("${")) {
      throw new IllegalStateException("undefined name in: " + result);
    }
    return result;
  }

  private static List<String> expand(String line) {
    Matcher matcher = ALTERNATIVES.matcher(line);
    if (!matcher.find()) {
      return List.of(line);
    }
    List<String> all = new ArrayList<>();
    for (String choice : matcher.group(1).split("\\|", -1)) {
      all.addAll(
          expand(line.substring(0, matcher.start()) + choice + line.substring(matcher.end())));
    }
    return all;
  }

  private static List<String> lines(String group) {
    String name = "/conformance/" + group + ".txt";
    try (InputStream in = Objects.requireNonNull(Corpus.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
