package dev.weir.proxy.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A YAML document as texts with their places. It has no types yet: what a text means is for its key
 * to say. Immutable.
 */
sealed interface Tree {

  /** Counted from 1; 0 for what does not come from a file. */
  int line();

  /**
   * @param quoted whether it stands in quotes
   */
  record Leaf(String text, boolean quoted, int line) implements Tree {}

  record Items(List<Tree> items, int line) implements Tree {}

  record Branch(List<Entry> entries, int line) implements Tree {

    @Nullable Tree get(String name) {
      for (Entry entry : entries) {
        if (entry.name().equals(name)) {
          return entry.value();
        }
      }
      return null;
    }

    /** This branch with {@code value} at a dotted name, at the end of the groups it belongs to. */
    Branch with(String dotted, Tree value) {
      int dot = dotted.indexOf('.');
      String name = dot < 0 ? dotted : dotted.substring(0, dot);
      Branch group = get(name) instanceof Branch given ? given : new Branch(List.of(), 0);
      Tree inner = dot < 0 ? value : group.with(dotted.substring(dot + 1), value);
      List<Entry> changed = new ArrayList<>(entries);
      changed.removeIf(entry -> entry.name().equals(name));
      changed.add(new Entry(name, inner, 0));
      return new Branch(List.copyOf(changed), line);
    }
  }

  record Entry(String name, Tree value, int line) {}

  /** What stands at a dotted name below {@code tree}, or {@code null}. */
  static @Nullable Tree at(Tree tree, String dotted) {
    @Nullable Tree here = tree;
    for (String name : dotted.split("\\.", -1)) {
      here = here instanceof Branch branch ? branch.get(name) : null;
    }
    return here;
  }

  /** Whether it says nothing, as in {@code http:} with nothing behind it. */
  default boolean blank() {
    return this instanceof Leaf leaf && leaf.text().isEmpty() && !leaf.quoted();
  }
}
