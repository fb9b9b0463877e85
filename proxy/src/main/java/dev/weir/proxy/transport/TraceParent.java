package dev.weir.proxy.transport;

import org.jspecify.annotations.Nullable;

/**
 * The trace that a caller says its request belongs to: header {@code traceparent} of W3C Trace
 * Context [1].
 *
 * <p>[1] <a href="https://www.w3.org/TR/trace-context-1/#traceparent-header">
 * w3.org/TR/trace-context-1</a>
 *
 * @param high first half of the trace's id
 * @param low second half
 * @param span of the caller, that the request comes from
 * @param sampled the caller may have exported it
 */
record TraceParent(long high, long low, long span, boolean sampled) {

  // version-traceId-parentId-flags, in 2, 32, 16 and 2 hexadecimal digits.
  private static final int TRACE = 3;
  private static final int PARENT = 36;
  private static final int FLAGS = 53;
  private static final int LENGTH = 55;
  private static final int DIGITS_OF_LONG = 16;
  private static final int NO_VERSION = 0xff;
  private static final int SAMPLED = 1;

  /** Returns {@code null} if it is not well-formed, and a new trace is to begin. */
  static @Nullable TraceParent of(String text) {
    if (!hasItsForm(text)) {
      return null;
    }
    long high = number(text, TRACE, DIGITS_OF_LONG);
    long low = number(text, TRACE + DIGITS_OF_LONG, DIGITS_OF_LONG);
    long span = number(text, PARENT, DIGITS_OF_LONG);
    boolean sampled = (number(text, FLAGS, 2) & SAMPLED) != 0;
    boolean named = (high | low) != 0 && span != 0;
    return named ? new TraceParent(high, low, span, sampled) : null;
  }

  private static boolean hasItsForm(String text) {
    if (text.length() < LENGTH || !isHex(text, 0, 2)) {
      return false;
    }
    long version = number(text, 0, 2);
    // What later versions add comes after what there is now.
    boolean ends = text.length() == LENGTH || (version > 0 && text.charAt(LENGTH) == '-');
    return ends
        && version != NO_VERSION
        && text.charAt(TRACE - 1) == '-'
        && isHex(text, TRACE, PARENT - 1)
        && text.charAt(PARENT - 1) == '-'
        && isHex(text, PARENT, FLAGS - 1)
        && text.charAt(FLAGS - 1) == '-'
        && isHex(text, FLAGS, LENGTH);
  }

  /** Lower case alone is allowed. */
  private static boolean isHex(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  private static long number(String text, int from, int digits) {
    return Long.parseUnsignedLong(text, from, from + digits, 16);
  }
}
