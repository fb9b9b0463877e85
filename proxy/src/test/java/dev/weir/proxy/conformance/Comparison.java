package dev.weir.proxy.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tells in what two answers to one request differ. Dates, times taken, ids of errors and the
 * framing of the body may differ; nothing else may.
 */
final class Comparison {

  /** Framing, and what is new in every answer; docs/compatibility.md tells of ours. */
  private static final Set<String> IGNORED =
      Set.of(
          "date",
          "content-length",
          "transfer-encoding",
          "connection",
          "x-request-id",
          "server-timing",
          "x-weir-load",
          "x-weir-admission");

  private static final Set<String> LISTS = Set.of("allow", "vary");

  private Comparison() {}

  /** One line per difference, empty if there is none. */
  static List<String> differences(RawReply stock, RawReply weir) {
    List<String> found = new ArrayList<>();
    if (stock.status() != weir.status()) {
      found.add("status: " + stock.status() + " -> " + weir.status());
    }
    Set<String> names = new TreeSet<>(stock.headers().keySet());
    names.addAll(weir.headers().keySet());
    names.removeAll(IGNORED);
    for (String name : names) {
      String expected = normal(name, stock.header(name));
      String actual = normal(name, weir.header(name));
      if (!expected.equals(actual)) {
        found.add("header " + name + ": '" + expected + "' -> '" + actual + "'");
      }
    }
    found.addAll(bodies(stock, weir));
    return found;
  }

  private static String normal(String name, String value) {
    if (name.equals("x-gh-took")) {
      return value.matches("\\d+")
          ? "integer"
          : value.matches("\\d+\\.\\d+(E-?\\d+)?") ? "float" : value;
    }
    return LISTS.contains(name)
        ? String.join(",", new TreeSet<>(List.of(value.replace(" ", "").split(","))))
        : value;
  }

  private static List<String> bodies(RawReply stock, RawReply weir) {
    String expected = stock.text();
    String actual = weir.text();
    if (expected.equals(actual)) {
      return List.of();
    }
    if (expected.isEmpty() || actual.isEmpty()) {
      return List.of("body: '" + cut(expected) + "' -> '" + cut(actual) + "'");
    }
    String type = stock.header("Content-Type");
    if (type.contains("json")) {
      return JsonDifference.between(expected, actual);
    }
    return type.contains("xml") ? XmlDifference.between(expected, actual) : lines(expected, actual);
  }

  private static List<String> lines(String expected, String actual) {
    List<String> left = expected.lines().toList();
    List<String> right = actual.lines().toList();
    List<String> found = new ArrayList<>();
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      if (!left.get(i).equals(right.get(i))) {
        found.add(
            "line " + (i + 1) + ": '" + cut(left.get(i)) + "' -> '" + cut(right.get(i)) + "'");
      }
    }
    if (left.size() != right.size()) {
      found.add("lines: " + left.size() + " -> " + right.size());
    }
    return found;
  }

  static String cut(String text) {
    return text.length() > 200 ? text.substring(0, 200) + " …" : text;
  }
}
