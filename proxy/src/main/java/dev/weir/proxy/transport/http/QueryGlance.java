package dev.weir.proxy.transport.http;

import dev.weir.proxy.path.Sketch;
import dev.weir.proxy.path.Traits;
import dev.weir.routing.RequestKind;

/**
 * Sees what a raw query asks for, in one pass and without complaint: what cannot be understood is
 * passed over, for whoever reads the query later to complain of. Used once, on an event loop.
 */
public final class QueryGlance {

  // As in Parameters: of a known parameter the first value counts; a hint counts if it is there
  // once, and may be spelled in camel case.

  private static final String[] KNOWN = {
    "point",
    "profile",
    "algorithm",
    "instructions",
    "calc_points",
    "details",
    "heading",
    "type",
    "time_limit",
    "distance_limit",
    "weight_limit"
  };
  private static final String[] HINTS = {
    "ch.disable", "lm.disable", "pass_through", "round_trip.distance", "alternative_route.max_paths"
  };

  private static final double NONE = Double.NaN;

  private final String query;
  private final Sketch sketch;
  private final boolean isRoute;
  private int seen;
  private boolean gpx;
  private boolean instructions = true;

  private QueryGlance(RequestKind kind, String query) {
    this.query = query;
    this.sketch = new Sketch(kind);
    this.isRoute = kind == RequestKind.ROUTE;
  }

  /**
   * @param query raw
   */
  public static Traits of(RequestKind kind, String query) {
    QueryGlance glance = new QueryGlance(kind, query);
    glance.pass();
    glance.sketch.instructions(glance.gpx || glance.instructions);
    return glance.sketch.traits();
  }

  private void pass() {
    int start = 0;
    while (start < query.length()) {
      int end = query.indexOf('&', start);
      end = end < 0 ? query.length() : end;
      if (end > start) {
        pair(start, end);
      }
      start = end + 1;
    }
  }

  private void pair(int start, int end) {
    int nameEnd = start;
    boolean plain = true;
    for (; nameEnd < end && query.charAt(nameEnd) != '='; nameEnd++) {
      char c = query.charAt(nameEnd);
      plain &= c != '%' && c != '+' && (c < 'A' || c > 'Z');
    }
    int valueStart = Math.min(nameEnd + 1, end);
    if (plain) {
      take(query, start, nameEnd, valueStart, end);
    } else {
      String name = QueryString.decode(query.substring(start, nameEnd), true);
      String hint = Hints.name(name);
      take(hint, 0, hint.equals(name) ? hint.length() : -hint.length(), valueStart, end);
    }
  }

  /**
   * @param nameEnd negative for a name that can only be a hint
   */
  private void take(String text, int nameStart, int nameEnd, int valueStart, int valueEnd) {
    int length = Math.abs(nameEnd) - nameStart;
    if (isRoute) {
      for (int i = 0; i < HINTS.length; i++) {
        if (HINTS[i].length() == length && text.startsWith(HINTS[i], nameStart)) {
          hint(i, seenBefore(KNOWN.length + i), valueStart, valueEnd);
          return;
        }
      }
    }
    for (int i = 0; i < KNOWN.length && nameEnd >= 0; i++) {
      if (KNOWN[i].length() == length && text.startsWith(KNOWN[i], nameStart)) {
        known(KNOWN[i], seenBefore(i), valueStart, valueEnd);
        return;
      }
    }
  }

  private boolean seenBefore(int parameter) {
    boolean before = (seen & (1 << parameter)) != 0;
    seen |= 1 << parameter;
    return before;
  }

  private void known(String name, boolean again, int start, int end) {
    if (again && !(isRoute && name.equals("point"))) {
      return;
    }
    switch (name) {
      case "point" -> point(start, end);
      case "profile" -> sketch.profile(text(start, end));
      case "algorithm" -> sketch.algorithm(text(start, end));
      case "instructions" -> instructions = flag(start, end);
      case "calc_points" -> sketch.geometry(flag(start, end));
      case "details" -> sketch.details(true);
      case "heading" -> sketch.headings(true);
      case "type" -> gpx = isRoute && text(start, end).equalsIgnoreCase("gpx");
      case "time_limit" -> limit(start, end);
      case "distance_limit" -> sketch.distanceLimit(Decimal.of(text(start, end)));
      default -> sketch.weightLimit(Decimal.of(text(start, end)));
    }
  }

  private void hint(int which, boolean again, int start, int end) {
    String value = again ? "" : text(start, end);
    switch (which) {
      case 0 -> sketch.speedModeDisabled(value.equalsIgnoreCase("true"));
      case 1 -> sketch.hybridModeDisabled(value.equalsIgnoreCase("true"));
      case 2 -> sketch.passThrough(value.equalsIgnoreCase("true"));
      case 3 -> sketch.roundTrip(Hints.value(value) instanceof Number n ? n.doubleValue() : NONE);
      default -> sketch.maxPaths(Hints.value(value) instanceof Number n ? n.intValue() : 0);
    }
  }

  private void limit(int start, int end) {
    double seconds = Decimal.of(text(start, end));
    if (!Double.isNaN(seconds)) {
      sketch.timeLimit((long) seconds);
    }
  }

  private void point(int start, int end) {
    int comma = query.indexOf(',', start);
    double latitude = comma < 0 || comma >= end ? NONE : Decimal.of(query, start, comma);
    double longitude = Double.isNaN(latitude) ? NONE : Decimal.of(query, comma + 1, end);
    if (Double.isNaN(longitude)) {
      var read = Parameters.pointOrNull(text(start, end));
      if (read == null) {
        return;
      }
      latitude = read.latitude();
      longitude = read.longitude();
    }
    sketch.point(latitude, longitude);
  }

  private boolean flag(int start, int end) {
    String value = text(start, end);
    return value.isBlank() || Boolean.parseBoolean(value);
  }

  private String text(int start, int end) {
    return QueryString.decode(query.substring(start, end), true);
  }
}
