package dev.weir.proxy.monitoring;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What an expression of Prometheus takes its numbers from, as far as ours go.
 *
 * @param text as it is written
 */
record Selector(String metric, List<Matcher> matchers, String text) {

  /** Neither a function, which has a parenthesis behind it, nor a text in quotes. */
  private static final Pattern FORM =
      Pattern.compile("(?<![\\w:.\"])([a-zA-Z_:][\\w:]*+)(\\{[^}]*})?+(?!\\s*\\()");

  private static final Pattern LISTS_OF_LABELS =
      Pattern.compile("\\b(?:by|on|without|ignoring)\\s*\\([^)]*\\)");

  private static final Pattern MATCHER =
      Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)\\s*\"([^\"]*)\"");

  private static final Set<String> OPERATORS = Set.of("and", "or", "unless");

  /**
   * @param values that it takes, or leaves out
   */
  record Matcher(String label, List<String> values) {}

  static List<Selector> of(String expression) {
    return FORM.matcher(LISTS_OF_LABELS.matcher(expression).replaceAll(" "))
        .results()
        .filter(found -> !OPERATORS.contains(found.group(1)))
        .map(Selector::of)
        .toList();
  }

  private static Selector of(MatchResult found) {
    List<Matcher> matchers =
        MATCHER
            .matcher(Objects.requireNonNullElse(found.group(2), ""))
            .results()
            .map(each -> new Matcher(each.group(1), List.of(each.group(2).split("\\|", -1))))
            .toList();
    return new Selector(found.group(1), matchers, found.group());
  }

  Set<String> labels() {
    return matchers.stream().map(Matcher::label).collect(Collectors.toCollection(TreeSet::new));
  }

  /** Queries that return data where there is such a metric, with every value that is named. */
  Set<String> proofs() {
    List<String> series = new ArrayList<>(List.of(text));
    for (Matcher matcher : matchers) {
      for (String value : matcher.values()) {
        if (!value.isEmpty()) {
          series.add("%s{%s=\"%s\"}".formatted(metric, matcher.label(), value));
        }
      }
    }
    return series.stream()
        .map(each -> "count(" + each + ")")
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
