package dev.weir.benchmarks.riders;

import java.util.Locale;

/** What riders ask for; costs differ by two orders of magnitude. All by car. */
enum Kind {
  /** A route with instructions, by contraction hierarchies. */
  SPEED("\"paths\"", "/route?profile=car&locale=en&instructions=true&point=%s&point=%s"),
  /** The same without any preparation. */
  FLEXIBLE(
      "\"paths\"",
      "/route?profile=car&locale=en&instructions=true&ch.disable=true&lm.disable=true"
          + "&point=%s&point=%s"),
  /** Up to three routes. */
  ALTERNATIVES(
      "\"paths\"",
      "/route?profile=car&locale=en&instructions=true&ch.disable=true&lm.disable=true"
          + "&algorithm=alternative_route&alternative_route.max_paths=3&point=%s&point=%s"),
  /** What can be reached in ten minutes. */
  ISOCHRONE("\"polygons\"", "/isochrone?profile=car&time_limit=600&buckets=1&point=%s");

  private final String mark;
  private final String target;

  Kind(String mark, String target) {
    this.mark = mark;
    this.target = target;
  }

  /** What the body of a right answer contains. */
  String mark() {
    return mark;
  }

  /** Path and query. */
  String target(City.Trip trip) {
    return this == ISOCHRONE
        ? String.format(Locale.ROOT, target, trip.from().text())
        : String.format(Locale.ROOT, target, trip.from().text(), trip.to().text());
  }

  boolean isRoute() {
    return this != ISOCHRONE;
  }
}
