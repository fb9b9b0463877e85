package dev.weir.proxy.transport.contract.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.proxy.path.Priority;
import dev.weir.proxy.path.Step;
import dev.weir.proxy.transport.TimeLimit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What goes with every request and every answer, whatever the method. */
final class Headers {

  private static final String REQUEST_ID = "X-Request-Id";

  /** With every answer. */
  static final List<String> OF_ALL = List.of(REQUEST_ID, "X-Weir-Admission", "X-Weir-Load");

  /** With every answer to who has a quota. */
  static final List<String> OF_QUOTA = List.of("RateLimit", "RateLimit-Policy");

  static final String DEGRADED = "X-Weir-Degraded";
  static final String RETRY_AFTER = "Retry-After";
  static final String CHALLENGE = "WWW-Authenticate";

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private Headers() {}

  /** Those of requests, by name; keys are told of as security. */
  static Map<String, ObjectNode> ofRequests() {
    Map<String, ObjectNode> headers = new TreeMap<>();
    request(
        headers,
        TimeLimit.HEADER,
        "How many milliseconds the answer is waited for; the server computes no longer than that."
            + " Without it, and above the most that the server allows, its own limit holds.",
        JSON.objectNode().put("type", "integer").put("format", "int64").put("minimum", 0));
    request(
        headers,
        REQUEST_ID,
        "What the request is to be called in the answer and in the log of the server.",
        JSON.objectNode().put("type", "string").put("pattern", "^[-A-Za-z0-9_.:/+=~]{1,64}$"));
    request(
        headers,
        "Traceparent",
        "The trace that the request belongs to, as in W3C Trace Context.",
        JSON.objectNode().put("type", "string"));
    request(
        headers,
        "X-Weir-Priority",
        "How much it matters that this is answered; calls of lower priorities are refused first. A"
            + " key may not allow all of them.",
        words(priorities()).put("default", name(Priority.DEFAULT)));
    request(
        headers,
        "X-Weir-User",
        "On whose behalf this is asked, in your own terms; no user of yours can take the share of"
            + " the others.",
        JSON.objectNode().put("type", "string"));
    request(
        headers,
        "X-Weir-Accept",
        "That distance and duration from straight lines are better than a refusal.",
        words(Stream.of("estimate")));
    return headers;
  }

  /** Those of answers, by name. */
  static Map<String, ObjectNode> ofAnswers() {
    Map<String, ObjectNode> headers = new TreeMap<>();
    answer(
        headers,
        REQUEST_ID,
        "What the request is called in the log of the server: as the caller said, or else by 16"
            + " hexadecimal digits.",
        JSON.objectNode().put("type", "string"));
    answer(
        headers,
        "X-Weir-Load",
        "What was asked for in the last second over what the server can do; above 1.00 is too"
            + " much.",
        JSON.objectNode().put("type", "string").put("pattern", "^[0-9]+\\.[0-9]{2}$"));
    answer(
        headers,
        "X-Weir-Admission",
        "The lowest priority of which nobody is refused for want of room.",
        words(Stream.of("critical", "default", "sheddable", "all", "none")));
    answer(
        headers,
        "RateLimit-Policy",
        "Only for who has a quota, as draft-ietf-httpapi-ratelimit-headers has it: the cost units"
            + " `q`, milliseconds of one processor, that come back in `w` seconds, under the names"
            + " `second` and `day`.",
        JSON.objectNode().put("type", "string"));
    answer(
        headers,
        "RateLimit",
        "The same: the cost units `r` that are left, and the seconds `t` until all are back.",
        JSON.objectNode().put("type", "string"));
    answer(
        headers,
        DEGRADED,
        "What the answer does without for want of room, separated by commas: "
            + Arrays.stream(Step.values())
                .map(step -> "`" + step.code() + "`")
                .collect(Collectors.joining(", "))
            + ".",
        JSON.objectNode().put("type", "string"));
    answer(
        headers,
        RETRY_AFTER,
        "In how many seconds to ask again.",
        JSON.objectNode().put("type", "integer").put("minimum", 1));
    answer(headers, CHALLENGE, "How a key can be sent.", JSON.objectNode().put("type", "string"));
    return headers;
  }

  /** The ways to send a key, by name. */
  static ObjectNode security() {
    ObjectNode schemes = JSON.objectNode();
    key(schemes.putObject("KeyInHeader"), "header", "X-API-Key");
    key(schemes.putObject("KeyInQuery"), "query", "key");
    schemes
        .putObject("KeyAsBearer")
        .put("type", "http")
        .put("scheme", "bearer")
        .put("description", "A key that the operator has given out.");
    return schemes;
  }

  private static void key(ObjectNode scheme, String in, String name) {
    scheme
        .put("type", "apiKey")
        .put("in", in)
        .put("name", name)
        .put("description", "A key that the operator has given out.");
  }

  private static void request(
      Map<String, ObjectNode> all, String name, String description, ObjectNode schema) {
    ObjectNode header = JSON.objectNode().put("name", name).put("in", "header");
    header.put("description", description).set("schema", schema);
    all.put(name, header);
  }

  private static void answer(
      Map<String, ObjectNode> all, String name, String description, ObjectNode schema) {
    ObjectNode header = JSON.objectNode().put("description", description);
    header.set("schema", schema);
    all.put(name, header);
  }

  private static ObjectNode words(Stream<String> allowed) {
    ObjectNode schema = JSON.objectNode().put("type", "string");
    ArrayNode words = schema.putArray("enum");
    allowed.forEach(words::add);
    return schema;
  }

  private static Stream<String> priorities() {
    return Arrays.stream(Priority.values()).map(Headers::name);
  }

  private static String name(Priority priority) {
    return priority.name().toLowerCase(Locale.ROOT);
  }
}
