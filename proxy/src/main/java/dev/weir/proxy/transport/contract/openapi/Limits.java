package dev.weir.proxy.transport.contract.openapi;

import build.buf.validate.FieldRules;
import build.buf.validate.Ignore;
import build.buf.validate.ValidateProto;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What the rules of a field allow, as keywords of JSON Schema, and as sentences where there are no
 * such keywords.
 */
final class Limits {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** Rules that are keywords with the same value, whatever the type of the field. */
  private static final Map<String, String> KEYWORDS =
      Map.ofEntries(
          Map.entry("min_len", "minLength"),
          Map.entry("max_len", "maxLength"),
          Map.entry("pattern", "pattern"),
          Map.entry("min_items", "minItems"),
          Map.entry("max_items", "maxItems"),
          Map.entry("unique", "uniqueItems"),
          Map.entry("min_pairs", "minProperties"),
          Map.entry("max_pairs", "maxProperties"),
          Map.entry("const", "const"));

  private static final Map<String, String> BOUNDS =
      Map.of(
          "gte", "minimum", "gt", "exclusiveMinimum", "lte", "maximum", "lt", "exclusiveMaximum");

  private static final Map<String, String> BOUNDS_IN_WORDS =
      Map.of("gte", "At least", "gt", "More than", "lte", "At most", "lt", "Less than");

  /** Rules for text that is of a kind. */
  private static final Map<String, String> FORMATS =
      Map.of(
          "email", "email",
          "hostname", "hostname",
          "ipv4", "ipv4",
          "ipv6", "ipv6",
          "uri", "uri",
          "uri_ref", "uri-reference",
          "uuid", "uuid");

  private final FieldDescriptor field;
  private final ObjectNode schema;
  private final List<String> sentences = new ArrayList<>();

  private Limits(FieldDescriptor field, ObjectNode schema) {
    this.field = field;
    this.schema = schema;
  }

  /** The rules of a field, which has none if nothing is said of it. */
  static FieldRules of(FieldDescriptor field) {
    return field.getOptions().getExtension(ValidateProto.field);
  }

  /** Whether a message without this field is refused. */
  static boolean mustBeSet(FieldDescriptor field) {
    FieldRules rules = of(field);
    boolean refusesEmpty =
        !field.hasPresence()
            && !field.isRepeated()
            && rules.getIgnore() == Ignore.IGNORE_UNSPECIFIED
            && rules.getString().getMinLen() > 0;
    return rules.getRequired() || refusesEmpty;
  }

  /**
   * @param schema of the field, or of one of its items; gets the keywords
   * @return what there is no keyword for
   */
  static List<String> put(FieldRules rules, FieldDescriptor field, ObjectNode schema) {
    Limits limits = new Limits(field, schema);
    for (Map.Entry<FieldDescriptor, Object> group : rules.getAllFields().entrySet()) {
      if (group.getKey().getContainingOneof() != null && group.getValue() instanceof Message own) {
        own.getAllFields().entrySet().stream()
            .sorted(Comparator.comparing(rule -> rule.getKey().getName())) // lower bounds first
            .forEach(rule -> limits.add(rule.getKey(), rule.getValue()));
      }
    }
    rules.getCelList().stream()
        .filter(rule -> !rule.getMessage().isEmpty())
        .forEach(rule -> limits.sentences.add(rule.getMessage()));
    return limits.sentences;
  }

  private void add(FieldDescriptor rule, Object value) {
    String name = rule.getName();
    if (BOUNDS.containsKey(name)) {
      bound(rule, name, value);
    } else if (KEYWORDS.containsKey(name)) {
      schema.set(KEYWORDS.get(name), json(rule, value));
    } else if (FORMATS.containsKey(name) && value.equals(true)) {
      schema.put("format", FORMATS.get(name));
    } else if (name.equals("in")) {
      schema.set("enum", json(rule, value));
    } else if (name.equals("not_in")) {
      schema.putObject("not").set("enum", json(rule, value));
    }
  }

  /** Numbers that JSON writes as text, times and durations have no bounds in JSON Schema. */
  private void bound(FieldDescriptor rule, String name, Object value) {
    JsonNode limit = json(rule, value);
    String type = schema.path("type").asText();
    if (type.equals("number") || type.equals("integer")) {
      schema.set(BOUNDS.get(name), limit);
    } else {
      sentences.add(BOUNDS_IN_WORDS.get(name) + " " + limit.asText() + ".");
    }
  }

  /** JSON writes whole numbers of 64 bits as text; lengths and counts are keywords, so numbers. */
  private JsonNode json(FieldDescriptor rule, Object value) {
    return switch (value) {
      case List<?> all -> {
        ArrayNode array = JSON.arrayNode();
        all.forEach(each -> array.add(json(rule, each)));
        yield array;
      }
      case Integer number when field.getType() == FieldDescriptor.Type.ENUM -> name(number);
      case Integer number when unsigned(rule) -> JSON.numberNode(Integer.toUnsignedLong(number));
      case Integer number -> JSON.numberNode(number);
      case Long number when rule.getContainingType().getName().contains("64") ->
          JSON.textNode(unsigned(rule) ? Long.toUnsignedString(number) : Long.toString(number));
      case Long number -> JSON.numberNode(number);
      case Double number -> number(number);
      case Float number -> number(number);
      case Boolean flag -> JSON.booleanNode(flag);
      case Duration duration -> JSON.textNode(Durations.toString(duration));
      case Timestamp time -> JSON.textNode(Timestamps.toString(time));
      default -> JSON.textNode(value.toString());
    };
  }

  /** Without decimals where there are none. */
  private static JsonNode number(double number) {
    long whole = (long) number;
    return whole == number ? JSON.numberNode(whole) : JSON.numberNode(number);
  }

  private static boolean unsigned(FieldDescriptor rule) {
    return switch (rule.getType()) {
      case UINT32, UINT64, FIXED32, FIXED64 -> true;
      default -> false;
    };
  }

  private JsonNode name(int number) {
    EnumValueDescriptor value = field.getEnumType().findValueByNumber(number);
    return JSON.textNode(value == null ? Integer.toString(number) : value.getName());
  }
}
