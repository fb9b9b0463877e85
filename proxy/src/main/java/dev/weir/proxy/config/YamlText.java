package dev.weir.proxy.config;

import java.util.List;
import java.util.function.Function;

/** Writes a {@link Tree} as YAML. Not thread-safe. */
final class YamlText {

  private final StringBuilder out = new StringBuilder();
  private final Function<String, List<String>> comments;

  private YamlText(Function<String, List<String>> comments) {
    this.comments = comments;
  }

  /**
   * @param comments lines to stand above a key, by its dotted name; those of a list's entries have
   *     {@code []} behind the name of the list
   */
  static String print(Tree.Branch tree, Function<String, List<String>> comments) {
    YamlText text = new YamlText(comments);
    text.branch(tree, "", "");
    return text.out.toString();
  }

  private void branch(Tree.Branch branch, String indent, String prefix) {
    String margin = indent;
    for (Tree.Entry entry : branch.entries()) {
      String key = prefix + entry.name();
      for (String comment : comments.apply(key)) {
        out.append(blank(indent)).append("# ").append(comment).append('\n');
      }
      out.append(margin).append(entry.name()).append(':');
      margin = blank(indent);
      value(entry.value(), margin, key);
    }
  }

  /** The margin of all lines but the first, which may bear the dash of a list. */
  private static String blank(String indent) {
    return indent.replace('-', ' ');
  }

  private void value(Tree value, String indent, String key) {
    switch (value) {
      case Tree.Leaf leaf -> out.append(' ').append(text(leaf)).append('\n');
      case Tree.Branch group -> {
        out.append('\n');
        branch(group, indent + "  ", key + ".");
      }
      case Tree.Items list when list.items().stream().allMatch(Tree.Leaf.class::isInstance) ->
          out.append(' ').append(words(list)).append('\n');
      case Tree.Items list -> {
        out.append('\n');
        list.items().forEach(item -> entry(item, indent, key));
      }
    }
  }

  private void entry(Tree item, String indent, String key) {
    if (item instanceof Tree.Branch group) {
      branch(group, indent + "  - ", key + "[].");
    } else {
      out.append(indent).append("  -");
      value(item, indent + "    ", key + "[]");
    }
  }

  private static String words(Tree.Items list) {
    List<String> words =
        list.items().stream().map(item -> item instanceof Tree.Leaf l ? text(l) : "").toList();
    return "[" + String.join(", ", words) + "]";
  }

  private static String text(Tree.Leaf leaf) {
    return leaf.quoted() ? quote(leaf.text()) : leaf.text();
  }

  /** In double quotes, with all but visible ASCII escaped, so that any text survives. */
  private static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c >= ' ' && c < 0x7f) {
        quoted.append(c);
      } else {
        quoted.append(String.format("\\u%04x", (int) c));
      }
    }
    return quoted.append('"').toString();
  }
}
