package dev.weir.proxy.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as operators write them: a whole number and a unit, such as {@code 300ms}. */
final class DurationText {

  private static final Pattern FORM = Pattern.compile("([0-9]{1,12})(ns|us|ms|s|m|h)");

  private DurationText() {}

  /**
   * @throws IllegalArgumentException if it is none
   */
  static Duration parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("no duration");
    }
    return unit(parts.group(2)).multipliedBy(Long.parseLong(parts.group(1)));
  }

  /** In the largest unit that leaves no rest. */
  static String print(Duration duration) {
    for (String unit : new String[] {"h", "m", "s", "ms", "us"}) {
      long count = duration.dividedBy(unit(unit));
      if (count > 0 && unit(unit).multipliedBy(count).equals(duration)) {
        return count + unit;
      }
    }
    return duration.isZero() ? "0s" : duration.toNanos() + "ns";
  }

  private static Duration unit(String name) {
    return switch (name) {
      case "ns" -> Duration.ofNanos(1);
      case "us" -> Duration.ofNanos(1_000);
      case "ms" -> Duration.ofMillis(1);
      case "s" -> Duration.ofSeconds(1);
      case "m" -> Duration.ofMinutes(1);
      default -> Duration.ofHours(1);
    };
  }
}
