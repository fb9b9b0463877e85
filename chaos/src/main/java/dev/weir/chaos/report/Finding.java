package dev.weir.chaos.report;

import java.util.List;

/**
 * What came of a trial.
 *
 * @param name of the hypothesis' class
 * @param story what was held of it beforehand: steady state, fault, expectation, recovery
 * @param checks in the order in which they were made; at least one
 */
public record Finding(String name, List<String> story, List<Check> checks, Timeline timeline) {

  /** One thing that was looked at, and whether it was as expected. */
  public record Check(boolean held, String sentence) {}

  public Finding {
    story = List.copyOf(story);
    checks = List.copyOf(checks);
  }

  public boolean held() {
    return !checks.isEmpty() && checks.stream().allMatch(Check::held);
  }

  /** The class name as words. */
  public String sentence() {
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char letter = name.charAt(i);
      boolean begins =
          Character.isUpperCase(letter)
              || (Character.isDigit(letter) && i > 0 && !Character.isDigit(name.charAt(i - 1)));
      if (begins && i > 0) {
        words.append(' ');
      }
      words.append(i > 0 ? Character.toLowerCase(letter) : letter);
    }
    return words.toString();
  }
}
