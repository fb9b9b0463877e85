package dev.weir.proxy.observe;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A scrape, taken apart; fails where it is not well-formed. */
final class Scrape {

  private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
  private static final String LABEL = "[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\\n]|\\\\[\\\\\"n])*\"";
  private static final Pattern HELP = Pattern.compile("# HELP (" + NAME + ") (.+)");
  private static final Pattern TYPE =
      Pattern.compile("# TYPE (" + NAME + ") (counter|gauge|histogram|summary)");
  private static final Pattern SAMPLE =
      Pattern.compile("(" + NAME + ")(?:\\{((?:" + LABEL + ",?)*)})? (\\S+)");

  private final Map<String, String> helps = new LinkedHashMap<>();
  private final Map<String, String> types = new LinkedHashMap<>();
  private final Map<String, Double> samples = new LinkedHashMap<>();

  Scrape(String text) {
    for (String line : text.split("\n", -1)) {
      if (!line.isEmpty()) {
        take(line);
      }
    }
  }

  private void take(String line) {
    Matcher help = HELP.matcher(line);
    Matcher type = TYPE.matcher(line);
    Matcher sample = SAMPLE.matcher(line);
    if (help.matches()) {
      once(helps.put(help.group(1), help.group(2)), line);
    } else if (type.matches()) {
      once(types.put(type.group(1), type.group(2)), line);
    } else if (sample.matches()) {
      double value = Double.parseDouble(sample.group(3).replace("+Inf", "Infinity"));
      once(samples.put(sample.group(1) + labels(sample.group(2)), value), line);
    } else {
      throw new AssertionError("not well-formed: " + line);
    }
  }

  private static void once(@Nullable Object before, String line) {
    if (before != null) {
      throw new AssertionError("twice: " + line);
    }
  }

  Set<String> families() {
    return types.keySet();
  }

  String help(String family) {
    return helps.getOrDefault(family, "");
  }

  String type(String family) {
    return types.getOrDefault(family, "");
  }

  /** Everything but the value of each line. */
  Set<String> series() {
    return samples.keySet();
  }

  /** Of the series with exactly these labels, such as {@code kind="route"}, in any order. */
  double value(String name, String... labels) {
    String series = name + new TreeSet<>(Arrays.asList(labels));
    Double value = samples.get(series);
    if (value == null) {
      throw new AssertionError("no " + series + " in " + samples.keySet());
    }
    return value;
  }

  private static Set<String> labels(@Nullable String list) {
    return list == null ? Set.of() : new TreeSet<>(Arrays.asList(list.split("(?<=\"),", -1)));
  }
}
