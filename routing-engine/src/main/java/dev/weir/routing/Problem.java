package dev.weir.routing;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a query, in words for its sender.
 *
 * @param hints one entry per mistake; the first usually repeats {@code message}
 */
public record Problem(Kind kind, String message, List<Hint> hints) {

  /** Where a mistake was found; GraphHopper's HTTP surface has a shape of its own for each. */
  public enum Kind {
    /** By the engine, from what the values mean. */
    ENGINE,
    /** A required value is missing or out of its range. */
    CONSTRAINT,
    /** A value or document that cannot be read. */
    UNREADABLE,
    /** A value of a query parameter that is not a number where one is needed. */
    NOT_A_NUMBER,
    /** There is no document where one is needed. */
    NO_DOCUMENT
  }

  /**
   * @param details a class name by which GraphHopper's own clients tell mistakes apart
   * @param extras further facts, such as {@code point_index}; values are strings or numbers
   */
  public record Hint(String message, @Nullable String details, Map<String, Object> extras) {}

  /** A problem with one hint that repeats the message. */
  public static Problem of(Kind kind, String message, @Nullable String details) {
    return new Problem(kind, message, List.of(new Hint(message, details, Map.of())));
  }
}
