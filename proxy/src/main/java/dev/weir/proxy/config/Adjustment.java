package dev.weir.proxy.config;

import dev.weir.routing.InvalidSetting;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Changes single values of a running server by hand, as its file would. Thread-safe. */
public final class Adjustment {

  /** What is worth turning at night: neither who is served nor secrets nor prices. */
  private static final List<String> GROUPS =
      List.of("gate.", "brownout.", "deadline.", "breaker.", "log.");

  private Adjustment() {}

  /**
   * A key that can be changed by hand.
   *
   * @param value as it is written in YAML, the items of a list with commas between them
   * @param allowed in words
   * @param sentence what it is for
   */
  public record Entry(String key, String value, String allowed, String sentence) {}

  /** All of them, in the order of the documents. */
  public static List<Entry> entries(Settings now) {
    return SettingsKeys.SCHEMA.keys().stream()
        .filter(Adjustment::adjustable)
        .map(key -> entry(key, now))
        .toList();
  }

  /**
   * The same settings with other values for some keys.
   *
   * @param wishes by name of key, written as in {@link Entry#value}
   */
  public static Reading apply(Settings now, Map<String, String> wishes) {
    Problems problems = new Problems();
    Values values = new Values();
    for (Key<Settings, ?> key : SettingsKeys.SCHEMA.keys()) {
      values.put(key, key.of().apply(now));
    }
    wishes.forEach((name, text) -> put(values, name, text, problems));
    Settings next = problems.none() ? make(values, problems) : null;
    return next == null ? new Reading.Rejected(problems.all()) : new Reading.Accepted(next);
  }

  private static boolean adjustable(Key<?, ?> key) {
    return GROUPS.stream().anyMatch(key.name()::startsWith)
        && LiveKeys.isLive(key.name())
        && (key.form() instanceof Form.Scalar<?> || itemsOf(key) instanceof Form.Scalar<?>);
  }

  private static @Nullable Form<?> itemsOf(Key<?, ?> key) {
    return key.form() instanceof Form.ListOf<?> list ? list.item() : null;
  }

  private static Entry entry(Key<Settings, ?> key, Settings now) {
    String range = key.form().range();
    String allowed = range.isEmpty() ? key.form().type() : range;
    return new Entry(key.name(), text(key.write(now)), allowed, key.sentence());
  }

  private static String text(Tree tree) {
    return switch (tree) {
      case Tree.Leaf leaf -> leaf.text();
      case Tree.Items items ->
          items.items().stream().map(Adjustment::text).collect(Collectors.joining(","));
      case Tree.Branch _ -> "";
    };
  }

  private static void put(Values values, String name, String text, Problems problems) {
    for (Key<Settings, ?> key : SettingsKeys.SCHEMA.keys()) {
      if (key.name().equals(name) && adjustable(key)) {
        Object value = key.form().read(tree(key, text), name, problems);
        if (value != null) {
          values.put(key, value);
        }
        return;
      }
    }
    problems.add(0, Problems.show(name), "is not a key that can be changed by hand");
  }

  private static Tree tree(Key<?, ?> key, String text) {
    if (itemsOf(key) == null) {
      return leaf(text);
    }
    List<Tree> items =
        text.isBlank()
            ? List.of()
            : Arrays.stream(text.split(",", -1)).map(Adjustment::leaf).toList();
    return new Tree.Items(items, 0);
  }

  private static Tree leaf(String text) {
    return new Tree.Leaf(text.strip(), text.isBlank(), 0);
  }

  private static @Nullable Settings make(Values values, Problems problems) {
    try {
      return SettingsKeys.SCHEMA.whole().apply(values);
    } catch (InvalidSetting e) {
      problems.add(0, e.setting(), e.complaint());
      return null;
    }
  }
}
