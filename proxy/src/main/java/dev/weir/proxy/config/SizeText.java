package dev.weir.proxy.config;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers of bytes as operators write them, such as {@code 16KiB}, or plain. */
final class SizeText {

  private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(B|KiB|MiB|GiB|TiB)?");

  /** Each is 1024 of the one before. */
  private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB");

  private SizeText() {}

  /**
   * @throws IllegalArgumentException if it is none
   */
  static long parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("no size");
    }
    int power = parts.group(2) == null ? 0 : UNITS.indexOf(parts.group(2));
    return Math.multiplyExact(Long.parseLong(parts.group(1)), 1L << (10 * power));
  }

  /** In the largest unit that leaves no rest. */
  static String print(long bytes) {
    int power = 0;
    long count = bytes;
    while (count != 0 && count % 1024 == 0 && power < UNITS.size() - 1) {
      count /= 1024;
      power++;
    }
    return count + UNITS.get(power);
  }
}
