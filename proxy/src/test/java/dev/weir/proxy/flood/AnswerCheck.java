package dev.weir.proxy.flood;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;

/** Tells whether an answer is one that may be given to what was asked. */
final class AnswerCheck {

  private static final ObjectMapper JSON = new ObjectMapper();

  private AnswerCheck() {}

  /** What is wrong with the answer, or {@code null}. */
  static @Nullable String complaint(Ask ask, Heard heard) {
    boolean right =
        switch (heard.status()) {
          case 200 -> answers(ask, heard);
          case 400 -> ask.sort() == Ask.Sort.WRONG_BODY || ask.sort() == Ask.Sort.OFF_THE_MAP;
          case 404 -> ask.sort() == Ask.Sort.NOWHERE;
          case 429, 503 -> ask.sort().forWorkers() && refuses(heard) && comeAgain(heard);
          case 504 -> ask.sort().forWorkers() && refuses(heard);
          default -> false;
        };
    return right ? null : ask.sort() + " answered by " + heard.status() + " " + shortened(heard);
  }

  /** Why it was refused, by the name that metrics have for it; empty if it was not. */
  static String reason(Heard heard) {
    return heard.status() == 429 || heard.status() >= 503 ? found(json(heard), "reason") : "";
  }

  private static boolean answers(Ask ask, Heard heard) {
    return switch (ask.sort()) {
      case ROUTE -> waypoints(json(heard)) == ask.points();
      case ISOCHRONE -> json(heard).path("polygons").size() == 3;
      case TREE -> heard.text().startsWith("longitude,") && heard.text().endsWith("\n");
      case NEAREST -> json(heard).path("coordinates").size() == 2;
      case INFO -> json(heard).path("profiles").size() == 1;
      case WORDS -> json(heard).path("en").size() > 0;
      case WRONG_BODY, OFF_THE_MAP, NOWHERE -> false;
    };
  }

  private static int waypoints(JsonNode answer) {
    return answer.path("paths").path(0).path("snapped_waypoints").path("coordinates").size();
  }

  private static boolean refuses(Heard heard) {
    JsonNode answer = json(heard);
    return answer.path("message").isTextual()
        && answer.path("hints").path(0).path("message").isTextual()
        && !found(answer, "reason").isEmpty();
  }

  private static boolean comeAgain(Heard heard) {
    String seconds = heard.header("retry-after");
    return seconds != null
        && seconds.matches("[0-9]{1,3}")
        && !found(json(heard), "retry_after_ms").isEmpty();
  }

  private static String found(JsonNode answer, String field) {
    JsonNode value = answer.findValue(field);
    return value == null ? "" : value.asText();
  }

  private static JsonNode json(Heard heard) {
    try {
      return JSON.readTree(heard.text());
    } catch (JsonProcessingException e) {
      return JSON.missingNode();
    }
  }

  private static String shortened(Heard heard) {
    String text = heard.text();
    return text.substring(0, Math.min(200, text.length()));
  }
}
