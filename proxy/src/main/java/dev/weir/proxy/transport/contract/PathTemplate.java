package dev.weir.proxy.transport.contract;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path as the annotation {@code google.api.http} writes it: {@code /v1/profiles/{profile}/route},
 * {@code /v1/{name=shelves/*}:archive}. Immutable.
 */
final class PathTemplate {

  private static final String ONE = "*";
  private static final String REST = "**";

  /** Literals, {@link #ONE} and {@link #REST}, which is the last if it is there. */
  private final List<String> segments;

  private final List<Variable> variables;
  private final String verb;

  /** A field, and the segments that its value is made of. */
  private record Variable(String field, int from, int to) {}

  /** What a path says of a field. */
  record Capture(String field, String value) {}

  private PathTemplate(List<String> segments, List<Variable> variables, String verb) {
    this.segments = segments;
    this.variables = variables;
    this.verb = verb;
  }

  /**
   * @throws IllegalArgumentException if it is none
   */
  static PathTemplate parse(String template) {
    if (!template.startsWith("/")) {
      throw new IllegalArgumentException("no path: " + template);
    }
    int colon = template.lastIndexOf(':');
    boolean hasVerb = colon > template.lastIndexOf('/') && colon > template.lastIndexOf('}');
    String path = hasVerb ? template.substring(0, colon) : template;
    List<String> segments = new ArrayList<>();
    List<Variable> variables = new ArrayList<>();
    int at = 1;
    while (at <= path.length()) {
      int end;
      if (at < path.length() && path.charAt(at) == '{') {
        end = path.indexOf('}', at);
        if (end < 0) {
          throw new IllegalArgumentException("a variable without an end: " + template);
        }
        variable(path.substring(at + 1, end), segments, variables);
        end++;
      } else {
        end = path.indexOf('/', at);
        end = end < 0 ? path.length() : end;
        segments.add(path.substring(at, end));
      }
      if (end < path.length() && path.charAt(end) != '/') {
        throw new IllegalArgumentException("a variable is a whole segment: " + template);
      }
      at = end + 1;
    }
    int rest = segments.indexOf(REST);
    if (segments.contains("") || (rest >= 0 && rest < segments.size() - 1)) {
      throw new IllegalArgumentException("an empty segment, or one after **: " + template);
    }
    return new PathTemplate(segments, variables, hasVerb ? template.substring(colon + 1) : "");
  }

  private static void variable(String text, List<String> segments, List<Variable> variables) {
    int equals = text.indexOf('=');
    String field = equals < 0 ? text : text.substring(0, equals);
    String pattern = equals < 0 ? ONE : text.substring(equals + 1);
    int from = segments.size();
    segments.addAll(List.of(pattern.split("/", -1)));
    variables.add(new Variable(field, from, segments.size()));
  }

  /** Fields that are in the path, so that nothing else may set them. */
  List<String> fields() {
    return variables.stream().map(Variable::field).toList();
  }

  /**
   * What a path says of fields, decoded; {@code null} if it is another path.
   *
   * @param path as sent, without query
   */
  @Nullable List<Capture> match(String path) {
    int end = endWithoutVerb(path);
    if (!fits(path, end)) {
      return null;
    }
    List<Capture> captures = new ArrayList<>(variables.size());
    int at = 0;
    int segment = 0;
    for (Variable variable : variables) {
      for (; segment < variable.from; segment++) {
        at = segmentEnd(segment, path, at + 1, end);
      }
      int from = at + 1;
      for (; segment < variable.to; segment++) {
        at = segmentEnd(segment, path, at + 1, end);
      }
      String decoded = decoded(path.substring(from, at));
      if (decoded == null) {
        return null;
      }
      captures.add(new Capture(variable.field, decoded));
    }
    return captures;
  }

  /** Negative if the path has not this verb. */
  private int endWithoutVerb(String path) {
    if (verb.isEmpty()) {
      return path.length();
    }
    int colon = path.length() - verb.length() - 1;
    return colon >= 0 && path.charAt(colon) == ':' && path.endsWith(verb) ? colon : -1;
  }

  /** Makes nothing: of the routes of a request all but one are other paths. */
  private boolean fits(String path, int end) {
    int at = 0;
    for (int i = 0; i < segments.size(); i++) {
      if (at >= end || path.charAt(at) != '/') {
        return false;
      }
      int from = at + 1;
      at = segmentEnd(i, path, from, end);
      if (!fits(segments.get(i), path, from, at)) {
        return false;
      }
    }
    return at == end;
  }

  private static boolean fits(String segment, String path, int from, int to) {
    return switch (segment) {
      case REST -> true;
      case ONE -> to > from;
      default -> segment.length() == to - from && path.startsWith(segment, from);
    };
  }

  private int segmentEnd(int segment, String path, int from, int end) {
    if (segments.get(segment).equals(REST)) {
      return end;
    }
    int slash = path.indexOf('/', from, end);
    return slash < 0 ? end : slash;
  }

  private static @Nullable String decoded(String value) {
    if (value.indexOf('%') < 0) {
      return value;
    }
    try {
      return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException broken) {
      return null;
    }
  }
}
