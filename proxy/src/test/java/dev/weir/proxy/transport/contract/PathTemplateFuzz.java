package dev.weir.proxy.transport.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A template in the first line, a path in the second. A path fits exactly if it does by a regular
 * expression that says the same, and then it tells each field once.
 */
public final class PathTemplateFuzz {

  private PathTemplateFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    String[] lines = new String(data, ISO_8859_1).split("\n", 2);
    String path = lines.length < 2 ? "" : lines[1];
    PathTemplate template;
    try {
      template = PathTemplate.parse(lines[0]);
    } catch (IllegalArgumentException none) {
      return;
    }
    List<PathTemplate.Capture> captures = template.match(path);
    if (captures != null
        && !captures.stream().map(PathTemplate.Capture::field).toList().equals(template.fields())) {
      throw new IllegalStateException(captures + " of " + template.fields());
    }
    boolean fits = expression(lines[0]).matcher(path).matches();
    boolean decodable = path.indexOf('%') < 0;
    if (captures != null ? !fits : fits && decodable) {
      throw new IllegalStateException(lines[0] + (fits ? " fits " : " does not fit ") + path);
    }
  }

  /** A variable is its segments; of the verb no more is known than that it is the end. */
  private static Pattern expression(String template) {
    StringBuilder out = new StringBuilder();
    String plain = withoutVariables(template);
    int colon = plain.lastIndexOf(':');
    String verb = colon > plain.lastIndexOf('/') && hasVerb(template) ? plain.substring(colon) : "";
    String path = plain.substring(0, plain.length() - verb.length());
    for (String segment : path.substring(1).split("/", -1)) {
      out.append('/')
          .append(
              switch (segment) {
                case "*" -> "[^/]+";
                case "**" -> ".*";
                default -> Pattern.quote(segment);
              });
    }
    String ending = verb.equals(":") ? "" : Pattern.quote(verb);
    return Pattern.compile(out + ending, Pattern.DOTALL);
  }

  private static boolean hasVerb(String template) {
    return template.lastIndexOf(':') > template.lastIndexOf('}');
  }

  private static String withoutVariables(String template) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    @Nullable String rest = template;
    while (rest != null) {
      int open = template.indexOf("/{", at);
      int close = open < 0 ? -1 : template.indexOf('}', open);
      if (close < 0) {
        out.append(template, at, template.length());
        rest = null;
      } else {
        String variable = template.substring(open + 2, close);
        int equals = variable.indexOf('=');
        out.append(template, at, open + 1);
        out.append(equals < 0 ? "*" : variable.substring(equals + 1));
        at = close + 1;
      }
    }
    return out.toString();
  }
}
