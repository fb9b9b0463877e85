package dev.weir.proxy.config;

import dev.weir.routing.InvalidSetting;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a record and how it is made of them. Immutable.
 *
 * @param parts each is made by itself first, so that a mistake in one does not hide those of others
 */
record Schema<R>(List<Key<R, ?>> keys, List<Function<Values, ?>> parts, Function<Values, R> whole) {

  /**
   * Makes the record, or tells {@code problems} everything that is in the way.
   *
   * @param prefix before the names of keys in errors; empty, or ending in a dot
   * @param instead trees that replace what the document says, by name of key
   */
  @Nullable R read(Tree tree, String prefix, Map<String, Tree> instead, Problems problems) {
    new UnknownKeys(keys.stream().map(Key::name).toList(), prefix, problems).report(tree);
    Values values = new Values();
    for (Key<R, ?> key : keys) {
      Tree given = instead.getOrDefault(key.name(), Tree.at(tree, key.name()));
      Object value =
          given == null ? key.standard() : key.form().read(given, prefix + key.name(), problems);
      if (value != null) {
        values.put(key, value);
      }
    }
    boolean sound = true;
    for (Function<Values, ?> part : parts) {
      sound &= attempt(part, values, tree, prefix, problems) != null;
    }
    return sound ? attempt(whole, values, tree, prefix, problems) : null;
  }

  private <P> @Nullable P attempt(
      Function<Values, P> part, Values values, Tree tree, String prefix, Problems problems) {
    try {
      return part.apply(values);
    } catch (Values.Unread e) {
      return null; // reported when it was read
    } catch (InvalidSetting e) {
      String name = fullName(e.setting());
      problems.add(
          line(tree, name, prefix.isEmpty() ? 0 : tree.line()), prefix + name, e.complaint());
      return null;
    }
  }

  /** Where the key stands, else its group, else {@code otherwise}. */
  private static int line(Tree tree, String name, int otherwise) {
    Tree place = Tree.at(tree, name);
    if (place != null) {
      return place.line();
    }
    int dot = name.lastIndexOf('.');
    return dot < 0 ? otherwise : line(tree, name.substring(0, dot), otherwise);
  }

  /** Records outside this package name their settings without the groups around them. */
  private String fullName(String setting) {
    return keys.stream()
        .map(Key::name)
        .filter(name -> name.equals(setting) || name.endsWith("." + setting))
        .findFirst()
        .orElse(setting);
  }

  /** The inverse of {@link #read}, with every key. */
  Tree.Branch write(R value) {
    return write(key -> key.write(value));
  }

  /** Every key with its default. */
  Tree.Branch writeStandards() {
    return write(Key::writeStandard);
  }

  private Tree.Branch write(Function<Key<R, ?>, Tree> value) {
    Tree.Branch all = new Tree.Branch(List.of(), 0);
    for (Key<R, ?> key : keys) {
      all = all.with(key.name(), value.apply(key));
    }
    return all;
  }
}
