package dev.weir.proxy.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds what a document says under names that no key has, and what may have been meant. */
final class UnknownKeys {

  private final List<String> known;
  private final String prefix;
  private final Problems problems;

  /**
   * @param known dotted names
   * @param prefix before the names in errors
   */
  UnknownKeys(List<String> known, String prefix, Problems problems) {
    this.known = known;
    this.prefix = prefix;
    this.problems = problems;
  }

  void report(Tree tree) {
    report(tree, "");
  }

  private void report(Tree tree, String group) {
    if (tree instanceof Tree.Branch branch) {
      branch.entries().forEach(entry -> report(entry, group + entry.name()));
    } else if (!tree.blank()) {
      String whole = prefix + group;
      String name = whole.isEmpty() ? "" : whole.substring(0, whole.length() - 1);
      problems.add(tree.line(), name, "needs keys below it, each on a line of its own");
    }
  }

  private void report(Tree.Entry entry, String name) {
    if (known.contains(name)) {
      return;
    }
    if (known.stream().anyMatch(key -> key.startsWith(name + "."))) {
      report(entry.value(), name + ".");
      return;
    }
    String near = near(name);
    problems.add(
        entry.line(),
        prefix + Problems.show(name),
        "is not a known key" + (near == null ? "" : "; did you mean " + prefix + near + "?"));
  }

  /** A key or group of the same group that is spelt like it, else a key so called elsewhere. */
  private @Nullable String near(String name) {
    int dot = name.lastIndexOf('.') + 1;
    String group = name.substring(0, dot);
    List<String> siblings =
        known.stream()
            .filter(key -> key.startsWith(group))
            .map(key -> firstName(key.substring(dot)))
            .distinct()
            .toList();
    String last = name.substring(dot);
    String sibling = Spelling.nearest(last, siblings);
    if (sibling != null) {
      return group + sibling;
    }
    return known.stream().filter(key -> key.endsWith("." + last)).findFirst().orElse(null);
  }

  private static String firstName(String dotted) {
    int dot = dotted.indexOf('.');
    return dot < 0 ? dotted : dotted.substring(0, dot);
  }
}
