package dev.weir.proxy.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An answer that Weir gives otherwise on purpose.
 *
 * @param requests lines of the corpus it applies to
 * @param documented words under which docs/compatibility.md explains it
 * @param instead what Weir does
 */
record Deviation(Pattern requests, String documented, Instead instead) {

  /** What Weir does where it deviates. */
  sealed interface Instead {}

  /**
   * A different answer.
   *
   * @param says words that the body contains
   */
  record Answers(int status, String says) implements Instead {}

  /** The same answer but for differences that match. */
  record DiffersIn(Pattern differences) implements Instead {}

  static Deviation answers(String requests, String documented, int status, String says) {
    return new Deviation(Pattern.compile(requests), documented, new Answers(status, says));
  }

  static Deviation differsIn(String requests, String documented, String differences) {
    return new Deviation(
        Pattern.compile(requests), documented, new DiffersIn(Pattern.compile(differences)));
  }

  boolean appliesTo(Probe probe) {
    return requests.matcher(probe.line()).find();
  }

  /** What is wrong with Weir's answer, given how it differs from the stock server's. */
  List<String> objections(RawReply weir, List<String> differences) {
    return switch (instead) {
      case Answers answers -> objections(weir, answers);
      case DiffersIn some ->
          differences.stream().filter(line -> !some.differences().matcher(line).find()).toList();
    };
  }

  private List<String> objections(RawReply weir, Answers answers) {
    List<String> found = new ArrayList<>();
    if (weir.status() != answers.status()) {
      found.add("status: " + weir.status() + " instead of the documented " + answers.status());
    }
    if (!weir.text().contains(answers.says())) {
      found.add("body does not say '" + answers.says() + "': " + Comparison.cut(weir.text()));
    }
    return found;
  }
}
