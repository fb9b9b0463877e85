package dev.weir.proxy.transport.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What callers take for an answer, by the header {@code Accept}. */
final class Accept {

  private static final String JSON = "application/json";
  private static final String GPX = "application/gpx+xml";

  private Accept() {}

  /** The header's value, {@code null} if it is not there. */
  static @Nullable String of(HttpHeaders headers) {
    List<String> values = headers.getAll(HttpHeaderNames.ACCEPT);
    return values.isEmpty() ? null : values.size() == 1 ? values.get(0) : String.join(",", values);
  }

  static boolean allows(@Nullable String accept, List<String> produced) {
    if (accept == null || produced.isEmpty() || accept.equals("*/*") || accept.isBlank()) {
      return true;
    }
    for (String range : accept.split(",", -1)) {
      String wished = mediaType(range);
      for (String type : produced) {
        if (matches(wished, type)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether GPX ranks before JSON: by weight, then by place. */
  static boolean prefersGpx(HttpHeaders headers) {
    String accept = of(headers);
    if (accept == null || !accept.contains("gpx")) {
      return false;
    }
    int gpx = 0;
    int json = 0;
    for (String range : accept.split(",", -1)) {
      String wished = mediaType(range);
      int weight = weight(range);
      if (matches(wished, JSON) && weight > Math.max(gpx, json)) {
        json = weight;
      }
      if (matches(wished, GPX) && weight > Math.max(gpx, json)) {
        gpx = weight;
      }
    }
    return gpx > json;
  }

  /**
   * Which of some types ranks first: by weight, then by place.
   *
   * @return its index; 0 if none is wished for
   */
  static int preferred(HttpHeaders headers, List<String> types) {
    String accept = of(headers);
    int preferred = 0;
    int most = 0;
    if (accept == null) {
      return preferred;
    }
    for (String range : accept.split(",", -1)) {
      int weight = weight(range);
      int type = weight > most ? first(mediaType(range), types) : -1;
      if (type >= 0) {
        preferred = type;
        most = weight;
      }
    }
    return preferred;
  }

  /** The index of the first that fits, -1 if none does. */
  private static int first(String wished, List<String> types) {
    for (int i = 0; i < types.size(); i++) {
      if (matches(wished, types.get(i))) {
        return i;
      }
    }
    return -1;
  }

  /** In thousandths; 1000 if nothing, 0 if nothing readable is said (RFC 9110, 12.4.2). */
  private static int weight(String range) {
    int q = range.indexOf(";q=");
    if (q < 0) {
      return 1_000;
    }
    String text = range.substring(q + 3).strip();
    int thousandths = 0;
    int scale = 1_000;
    for (int i = 0; i < text.length() && scale > 0; i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        thousandths += (c - '0') * scale;
        scale /= 10;
      } else if (c != '.' || i != 1) {
        return 0;
      }
    }
    return thousandths;
  }

  private static boolean matches(String wished, String type) {
    if (wished.equals("*/*") || wished.equals("*") || wished.equalsIgnoreCase(type)) {
      return true;
    }
    int slash = type.indexOf('/') + 1;
    return wished.length() == slash + 1
        && wished.endsWith("*")
        && wished.regionMatches(true, 0, type, 0, slash);
  }

  static String mediaType(String value) {
    int semicolon = value.indexOf(';');
    return (semicolon < 0 ? value : value.substring(0, semicolon)).strip();
  }
}
