package dev.weir.chaos.load;

import java.util.regex.Pattern;

/**
 * A request, and the answer it got in calm times.
 *
 * @param target path and query; by gRPC the request's message, a character for each byte
 * @param answer as {@link #essence} leaves it; by gRPC the answer's message likewise
 */
public record Question(String target, String answer) {

  /** The time that computing took is told in the answer, and is different each time. */
  private static final Pattern TOOK = Pattern.compile("\"took\":[0-9.]+");

  /** What of an answer is the same each time. */
  public static String essence(String body) {
    return TOOK.matcher(body).replaceAll("\"took\":0");
  }

  boolean answeredBy(String body) {
    return essence(body).equals(answer);
  }
}
