package dev.weir.proxy.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** How values of one type are written in YAML, and which of them are allowed. Immutable. */
sealed interface Form<T> {

  /** The value, or {@code null} after having told {@code problems} why there is none. */
  @Nullable T read(Tree tree, String key, Problems problems);

  /** The inverse of {@link #read}, but that a secret is masked. */
  Tree write(T value);

  /** In words, such as «duration». */
  String type();

  /** The allowed values in words, such as «1s to 1h»; may be empty. */
  String range();

  boolean allows(T value);

  /**
   * One text.
   *
   * @param example ends «needs a TYPE», such as «, such as 10s»; may be empty
   * @param secret is neither printed nor quoted in errors
   * @param parse throws IllegalArgumentException for a text of another form
   */
  record Scalar<T>(
      String type,
      String example,
      String range,
      boolean quoted,
      boolean secret,
      Function<String, T> parse,
      Function<T, String> print,
      Predicate<T> allowed)
      implements Form<T> {

    @Override
    public @Nullable T read(Tree tree, String key, Problems problems) {
      if (!(tree instanceof Tree.Leaf leaf)) {
        problems.add(tree.line(), key, "needs a " + type + example);
        return null;
      }
      if (leaf.text().isEmpty() && !leaf.quoted()) {
        problems.add(tree.line(), key, "has no value; leave the whole line out for the default");
        return null;
      }
      try {
        T value = parse.apply(leaf.text());
        if (allowed.test(value)) {
          return value;
        }
        problems.add(tree.line(), key, "must be " + range + notThis(leaf));
      } catch (SecretText.Unreadable e) {
        problems.add(tree.line(), key, String.valueOf(e.getMessage()));
      } catch (IllegalArgumentException e) {
        problems.add(tree.line(), key, "needs a " + type + example + notThis(leaf));
      }
      return null;
    }

    private String notThis(Tree.Leaf leaf) {
      String quote = leaf.quoted() ? "\"" : "";
      return secret ? "" : ", not " + quote + Problems.show(leaf.text()) + quote;
    }

    @Override
    public Tree write(T value) {
      String text = print.apply(value);
      return new Tree.Leaf(secret && !text.isEmpty() ? Forms.MASK : text, quoted, 0);
    }

    @Override
    public boolean allows(T value) {
      return allowed.test(value);
    }
  }

  /** Any number of values of another form. */
  record ListOf<T>(String type, Form<T> item) implements Form<List<T>> {

    @Override
    public @Nullable List<T> read(Tree tree, String key, Problems problems) {
      if (!(tree instanceof Tree.Items items)) {
        problems.add(tree.line(), key, "needs a " + type);
        return null;
      }
      List<T> values = new ArrayList<>();
      for (int i = 0; i < items.items().size(); i++) {
        T value = item.read(items.items().get(i), key + "[" + i + "]", problems);
        if (value != null) {
          values.add(value);
        }
      }
      return values.size() == items.items().size() ? List.copyOf(values) : null;
    }

    @Override
    public Tree write(List<T> values) {
      return new Tree.Items(values.stream().map(item::write).toList(), 0);
    }

    @Override
    public String range() {
      return item.range();
    }

    @Override
    public boolean allows(List<T> values) {
      return values.stream().allMatch(item::allows);
    }
  }

  /** A group of keys of its own. */
  record Group<T>(Schema<T> schema) implements Form<T> {

    @Override
    public @Nullable T read(Tree tree, String key, Problems problems) {
      return schema.read(tree, key + ".", Map.of(), problems);
    }

    @Override
    public Tree write(T value) {
      return schema.write(value);
    }

    @Override
    public String type() {
      return "group of keys";
    }

    @Override
    public String range() {
      return "";
    }

    /** Its keys are checked one by one, by those who make it. */
    @Override
    public boolean allows(T value) {
      return true;
    }
  }
}
