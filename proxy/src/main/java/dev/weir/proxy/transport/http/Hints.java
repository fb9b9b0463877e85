package dev.weir.proxy.transport.http;

/** How GraphHopper turns further query parameters into hints. */
final class Hints {

  private Hints() {}

  /** From {@code camelCase} to {@code snake_case}. */
  static String name(String name) {
    StringBuilder out = null;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isUpperCase(c)) {
        out = out == null ? new StringBuilder(name.length() + 4).append(name, 0, i) : out;
        out.append('_').append(Character.toLowerCase(c));
      } else if (out != null) {
        out.append(c);
      }
    }
    return out == null ? name : out.toString();
  }

  /** A boolean, an int, a long or a float if the value reads as one, or else the value itself. */
  static Object value(String value) {
    if (value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false")) {
      return Boolean.valueOf(value);
    }
    if (!mayBeNumber(value)) {
      return value;
    }
    try {
      long whole = Long.parseLong(value);
      return whole == (int) whole ? (Object) (int) whole : (Object) whole;
    } catch (NumberFormatException e) {
      return decimalOr(value);
    }
  }

  private static Object decimalOr(String value) {
    try {
      return Float.valueOf(value);
    } catch (NumberFormatException e) {
      return value;
    }
  }

  /** Spares an exception for most words. */
  private static boolean mayBeNumber(String value) {
    String text = value.strip();
    if (text.isEmpty()) {
      return false;
    }
    char c = text.charAt(0);
    return (c >= '0' && c <= '9') || "+-.NI".indexOf(c) >= 0;
  }
}
