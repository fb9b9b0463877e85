package dev.weir.proxy.transport.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.proxy.path.FloodSwitch;
import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Step;
import dev.weir.routing.Problem;
import dev.weir.routing.Rendered;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The JSON documents by which errors are told, in the shapes GraphHopper's clients read. */
final class Json {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  /** The shape for what the engine, or a check before it, found wrong. */
  static String problem(Problem problem, boolean withDetails) {
    List<Map<String, Object>> hints = new ArrayList<>(problem.hints().size());
    for (Problem.Hint hint : problem.hints()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("message", hint.message());
      if (withDetails && hint.details() != null) {
        entry.put("details", hint.details());
        entry.putAll(hint.extras());
      }
      hints.add(entry);
    }
    return messageAndHints(problem.message(), hints);
  }

  /** The shape for what could not even be read, and for whatever HTTP itself is about. */
  static String code(int code, String message) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("code", code);
    document.put("message", message);
    return write(document);
  }

  /** A message that is repeated as its only hint. */
  static String sentence(String message) {
    return messageAndHints(message, List.of(Map.of("message", message)));
  }

  /**
   * @param retryAfterMillis left out if zero
   */
  static String refusal(Refusal.Reason reason, int retryAfterMillis) {
    Map<String, Object> hint = new LinkedHashMap<>();
    hint.put("message", reason.sentence());
    hint.put("reason", reason.code());
    if (retryAfterMillis > 0) {
      hint.put("retry_after_ms", retryAfterMillis);
    }
    return messageAndHints(reason.sentence(), List.of(hint));
  }

  /** A route of which only length and duration are known, in GraphHopper's shape. */
  static Rendered estimate(double meters, long millis) {
    Map<String, Object> path = new LinkedHashMap<>();
    path.put("distance", meters);
    path.put("time", millis);
    path.put("transfers", 0);
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("hints", Map.of("weir.degraded", List.of(Step.ESTIMATE.code())));
    Map<String, Object> info = new LinkedHashMap<>();
    info.put("copyrights", List.of());
    info.put("took", 0);
    document.put("info", info);
    document.put("paths", List.of(path));
    return new Rendered(Rendered.Media.JSON, write(document).getBytes(UTF_8), 0);
  }

  /** What became of a flood. */
  static String flood(FloodSwitch.Report report) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("available", true);
    document.put("running", report.running());
    document.put("usual_per_second", report.usualPerSecond());
    document.put("most_per_second", FloodSwitch.MOST_PER_SECOND);
    document.put("most_seconds", FloodSwitch.MOST_SECONDS);
    document.put("from", report.from());
    document.put("elapsed_ms", report.elapsedMillis());
    document.put("offered", report.offered());
    document.put("good", report.good());
    document.put("late", report.late());
    document.put("refused", report.refused());
    document.put("failed", report.failed());
    document.put("unsent", report.unsent());
    document.put("answer_p50_ms", report.answerP50Millis());
    document.put("answer_p99_ms", report.answerP99Millis());
    document.put("refusal_p99_ms", report.refusalP99Millis());
    return write(document);
  }

  private static String messageAndHints(String message, List<Map<String, Object>> hints) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("message", message);
    document.put("hints", hints);
    return write(document);
  }

  /** Not in bytes: what is said of a query may hold half of a character, as the query did. */
  private static String write(Map<String, Object> document) {
    try {
      return MAPPER.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map of strings and numbers was not written", e);
    }
  }
}
