package dev.weir.proxy.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with a file. Not thread-safe. */
final class Problems {

  /** A file with more mistakes than this is not a configuration; nobody reads a longer list. */
  private static final int MOST = 100;

  /** Enough of a stranger's text to recognise it. */
  private static final int LONGEST_QUOTE = 60;

  private final List<ConfigError> errors = new ArrayList<>();

  void add(int line, String key, String message) {
    if (errors.size() < MOST) {
      errors.add(new ConfigError(line, key, message));
    }
  }

  boolean none() {
    return errors.isEmpty();
  }

  /** In the order of the file, what is not in it last. */
  List<ConfigError> all() {
    return errors.stream()
        .sorted(Comparator.comparingInt(e -> e.line() > 0 ? e.line() : Integer.MAX_VALUE))
        .toList();
  }

  /** A text from the file, fit to stand in a line of a terminal. */
  static String show(String text) {
    String shown = text.length() > LONGEST_QUOTE ? text.substring(0, LONGEST_QUOTE) + "…" : text;
    return shown.replaceAll("\\p{Cntrl}", "?");
  }
}
