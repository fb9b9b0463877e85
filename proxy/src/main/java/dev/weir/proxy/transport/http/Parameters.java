package dev.weir.proxy.transport.http;

import dev.weir.routing.Coordinate;
import dev.weir.routing.MalformedQuery;
import dev.weir.routing.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decoded query parameters, read the way GraphHopper's server reads them: of a repeated parameter
 * the first value counts, and an empty value stands for the default. Not thread-safe.
 */
final class Parameters {

  private final Map<String, List<String>> values = new LinkedHashMap<>();

  /**
   * @param query raw
   */
  Parameters(String query) {
    int start = 0;
    while (start < query.length()) {
      int end = query.indexOf('&', start);
      end = end < 0 ? query.length() : end;
      if (end > start) {
        add(query.substring(start, end));
      }
      start = end + 1;
    }
  }

  private void add(String pair) {
    int equals = pair.indexOf('=');
    String name = QueryString.decode(equals < 0 ? pair : pair.substring(0, equals), true);
    String value = equals < 0 ? "" : QueryString.decode(pair.substring(equals + 1), true);
    values.computeIfAbsent(name, _ -> new ArrayList<>(2)).add(value);
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /** Every value, in the order sent. */
  List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  @Nullable String first(String name) {
    List<String> all = values.get(name);
    return all == null ? null : all.get(0);
  }

  String text(String name, String standard) {
    String value = first(name);
    return value == null ? standard : value;
  }

  boolean flag(String name, boolean standard) {
    String value = first(name);
    return (value == null || value.isBlank()) ? standard : Boolean.parseBoolean(value);
  }

  double decimal(String name, double standard) throws MalformedQuery {
    String value = first(name);
    return (value == null || value.isBlank()) ? standard : decimal(value);
  }

  static double decimal(String value) throws MalformedQuery {
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw notANumber();
    }
  }

  /** A whole number, or {@code null} if the value is there and empty. */
  @Nullable Long whole(String name, long standard) throws MalformedQuery {
    String value = first(name);
    if (value == null) {
      return standard;
    }
    if (value.isEmpty()) {
      return null;
    }
    try {
      return Long.valueOf(value);
    } catch (NumberFormatException e) {
      throw notANumber();
    }
  }

  private static MalformedQuery notANumber() {
    return new MalformedQuery(
        new Problem(Problem.Kind.NOT_A_NUMBER, "HTTP 404 Not Found", List.of()));
  }

  /** The first of the points, {@code null} if there is none. */
  @Nullable Coordinate point() throws MalformedQuery {
    String value = first("point");
    return value == null ? null : point(value);
  }

  static Coordinate point(String value) throws MalformedQuery {
    Coordinate point = pointOrNull(value);
    if (point == null) {
      throw new MalformedQuery(
          new Problem(
              Problem.Kind.UNREADABLE,
              "query param point is invalid: Cannot parse point '" + value + "'",
              List.of()));
    }
    return point;
  }

  /** Latitude and longitude, {@code null} if that is not what it says. */
  static @Nullable Coordinate pointOrNull(String value) {
    String[] parts = value.split(",", -1);
    int last = parts.length;
    while (last > 0 && parts[last - 1].isEmpty()) {
      last--;
    }
    if (last != 2) {
      return null;
    }
    try {
      return new Coordinate(Double.parseDouble(parts[0]), Double.parseDouble(parts[1]));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /**
   * Whatever else was sent, as hints for the engine: parameters that are there once, under
   * GraphHopper's names, with values that look like numbers or booleans turned into such.
   *
   * @param known names that are no hints
   */
  Map<String, Object> hints(Set<String> known) {
    Map<String, Object> hints = new LinkedHashMap<>();
    values.forEach(
        (name, all) -> {
          String hint = Hints.name(name);
          if (all.size() == 1 && !known.contains(hint)) {
            hints.put(hint, Hints.value(all.get(0)));
          }
        });
    return hints;
  }
}
