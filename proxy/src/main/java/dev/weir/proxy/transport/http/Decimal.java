package dev.weir.proxy.transport.http;

/** Reads decimal numbers as they are usually written, without garbage and without complaint. */
final class Decimal {

  /** Up to here both digits and power are exact, so their quotient is the nearest double. */
  private static final int MOST_DIGITS = 15;

  private static final double[] POWERS = {
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
  };

  private Decimal() {}

  /** Any number, NaN if it is none. */
  static double of(String text) {
    double usual = of(text, 0, text.length());
    if (!Double.isNaN(usual) || text.isEmpty()) {
      return usual;
    }
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** Digits with at most a sign and a point, or NaN. */
  static double of(String text, int start, int end) {
    boolean negative = start < end && text.charAt(start) == '-';
    long value = 0;
    int digits = 0;
    int point = -1;
    for (int i = negative ? start + 1 : start; i < end; i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9' && digits < MOST_DIGITS) {
        value = value * 10 + (c - '0');
        digits++;
      } else if (c == '.' && point < 0) {
        point = digits;
      } else {
        return Double.NaN;
      }
    }
    if (digits == 0) {
      return Double.NaN;
    }
    double magnitude = point < 0 ? value : value / POWERS[digits - point];
    return negative ? -magnitude : magnitude;
  }
}
