package dev.weir.proxy.transport.http;

import dev.weir.proxy.path.Refusal;
import dev.weir.routing.Problem;

/** The GPX documents by which errors are told to callers who asked for GPX. */
final class Gpx {

  private static final String BEFORE_MESSAGE =
      "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>"
          + "<gpx creator=\"GraphHopper\" version=\"1.1\"><metadata><extensions><message>";
  private static final String AFTER_MESSAGE = "</message><hints>";
  private static final String AFTER_HINTS = "</hints></extensions></metadata></gpx>";

  private Gpx() {}

  static String problem(Problem problem) {
    StringBuilder out = new StringBuilder(BEFORE_MESSAGE);
    escape(problem.message(), false, out);
    out.append(AFTER_MESSAGE);
    for (Problem.Hint hint : problem.hints()) {
      out.append("<error");
      attribute("details", hint.details() == null ? "" : hint.details(), out);
      attribute("message", hint.message(), out);
      out.append("/>");
    }
    return out.append(AFTER_HINTS).toString();
  }

  /**
   * @param retryAfterMillis left out if zero
   */
  static String refusal(Refusal.Reason reason, int retryAfterMillis) {
    StringBuilder out = new StringBuilder(BEFORE_MESSAGE);
    escape(reason.sentence(), false, out);
    out.append(AFTER_MESSAGE).append("<error");
    attribute("message", reason.sentence(), out);
    attribute("reason", reason.code(), out);
    if (retryAfterMillis > 0) {
      attribute("retry_after_ms", Integer.toString(retryAfterMillis), out);
    }
    return out.append("/>").append(AFTER_HINTS).toString();
  }

  private static void attribute(String name, String value, StringBuilder out) {
    out.append(' ').append(name).append("=\"");
    escape(value, true, out);
    out.append('"');
  }

  private static void escape(String text, boolean attribute, StringBuilder out) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append(attribute ? "&quot;" : "\"");
        case '\n', '\t' -> {
          if (attribute) {
            out.append("&#").append((int) c).append(';');
          } else {
            out.append(c);
          }
        }
        default -> out.append(inXml(c) ? c : '\uFFFD');
      }
    }
  }

  // XML 1.0 has no way to write other control characters, nor a lone half of a surrogate pair; the
  // latter becomes a question mark when the text is turned into UTF-8.
  private static boolean inXml(char c) {
    return c >= ' ' && c != '\uFFFE' && c != '\uFFFF';
  }
}
