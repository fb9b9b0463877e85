package dev.weir.proxy.transport.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** Reads the raw query of a target. */
final class QueryString {

  private QueryString() {}

  /** The first value of a parameter, raw; without decoding, so cheap enough for event loops. */
  static @Nullable String first(String query, String name) {
    int at = indexOf(query, name, 0);
    if (at < 0) {
      return null;
    }
    int start = at + name.length() + 1;
    int end = query.indexOf('&', start);
    return query.substring(start, end < 0 ? query.length() : end);
  }

  /** The value of a parameter that is there exactly once; {@code null} otherwise. */
  static @Nullable String only(String query, String name) {
    int at = indexOf(query, name, 0);
    return at < 0 || indexOf(query, name, at + 1) >= 0 ? null : first(query, name);
  }

  private static int indexOf(String query, String name, int from) {
    int at = query.indexOf(name, from);
    while (at >= 0) {
      int end = at + name.length();
      if ((at == 0 || query.charAt(at - 1) == '&')
          && end < query.length()
          && query.charAt(end) == '=') {
        return at;
      }
      at = query.indexOf(name, end);
    }
    return -1;
  }

  /** Undoes percent-encoding; what is not one stays as it is, bytes that are not UTF-8 do not. */
  static String decode(String raw, boolean plusIsSpace) {
    if (raw.indexOf('%') < 0 && !hasBeyondAscii(raw)) {
      return plusIsSpace ? raw.replace('+', ' ') : raw;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      int escaped = c == '%' ? escapedByte(raw, i) : -1;
      if (escaped >= 0) {
        bytes.write(escaped);
        i += 2;
      } else {
        bytes.write(c == '+' && plusIsSpace ? ' ' : c);
      }
    }
    return bytes.toString(UTF_8);
  }

  // The decoder of requests makes one character of each byte.
  private static boolean hasBeyondAscii(String raw) {
    for (int i = 0; i < raw.length(); i++) {
      if (raw.charAt(i) > 0x7f) {
        return true;
      }
    }
    return false;
  }

  private static int escapedByte(String raw, int at) {
    if (at + 2 >= raw.length()) {
      return -1;
    }
    int high = Character.digit(raw.charAt(at + 1), 16);
    int low = Character.digit(raw.charAt(at + 2), 16);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
  }
}
