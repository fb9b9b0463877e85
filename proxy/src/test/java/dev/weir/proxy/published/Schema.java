package dev.weir.proxy.published;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the schemas of an OpenAPI document: finds what does not fit them, and makes what does. */
final class Schema {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** Values that a server with the car profile on Monaco has an answer to, by the end of a name. */
  private static final Map<String, JsonNode> KNOWN =
      Map.of(
          "profile", JSON.textNode("car"),
          "origin.latitude", JSON.numberNode(43.7384),
          "origin.longitude", JSON.numberNode(7.4246),
          "latitude", JSON.numberNode(43.7311),
          "longitude", JSON.numberNode(7.4197),
          "duration", JSON.textNode("60s"));

  private final JsonNode document;

  /** Whether a value had to be made up without knowing what the server makes of it. */
  private boolean guessed;

  Schema(JsonNode document) {
    this.document = document;
  }

  boolean guessed() {
    return guessed;
  }

  JsonNode resolve(JsonNode node) {
    return node.has("$ref") ? document.at(node.get("$ref").textValue().substring(1)) : node;
  }

  /** What does not fit, each with its path; empty if all fits. */
  List<String> misfits(JsonNode value, JsonNode schema) {
    List<String> found = new ArrayList<>();
    check(value, schema, "$", found);
    return found;
  }

  private void check(JsonNode value, JsonNode unresolved, String at, List<String> found) {
    JsonNode schema = resolve(unresolved);
    if (schema.has("oneOf")) {
      checkDetail(value, schema.get("oneOf"), at, found);
      return;
    }
    boolean fits =
        switch (schema.path("type").asText()) {
          case "object" -> value.isObject();
          case "array" -> value.isArray();
          case "string" -> value.isTextual();
          case "number" -> value.isNumber();
          case "integer" -> value.isIntegralNumber();
          case "boolean" -> value.isBoolean();
          default -> schema.has("const") && value.equals(schema.get("const"));
        };
    if (!fits || !isAllowed(value, schema)) {
      found.add(at + " is " + value);
    }
    if (value.isArray()) {
      value.forEach(each -> check(each, schema.path("items"), at + "[]", found));
    }
    value.properties().forEach(each -> checkProperty(each, schema, at, found));
  }

  private void checkProperty(
      Map.Entry<String, JsonNode> each, JsonNode schema, String at, List<String> found) {
    String name = at + "." + each.getKey();
    JsonNode known = schema.path("properties").path(each.getKey());
    JsonNode own = known.isMissingNode() ? schema.path("additionalProperties") : known;
    if (own.isMissingNode()) {
      found.add(name + " is not told of");
    } else {
      check(each.getValue(), own, name, found);
    }
  }

  private static boolean isAllowed(JsonNode value, JsonNode schema) {
    JsonNode words = schema.path("enum");
    return (words.isMissingNode() || words.valueStream().anyMatch(value::equals))
        && (!schema.has("pattern") || value.asText().matches(schema.get("pattern").textValue()));
  }

  private void checkDetail(JsonNode value, JsonNode kinds, String at, List<String> found) {
    for (JsonNode kind : kinds) {
      if (resolve(kind).at("/properties/@type/const").equals(value.path("@type"))) {
        check(value, kind, at, found);
        return;
      }
    }
    found.add(at + " is none of the kinds that are told of");
  }

  /** A value that fits, with no more in it than has to be. */
  JsonNode sample(String name, JsonNode unresolved) {
    for (int from = 0; from >= 0; from = name.indexOf('.', from + 1)) {
      JsonNode known = KNOWN.get(from == 0 ? name : name.substring(from + 1));
      if (known != null) {
        return known;
      }
    }
    JsonNode schema = resolve(unresolved);
    return switch (schema.path("type").asText()) {
      case "object" -> object(name, schema);
      case "array" -> array(name, schema);
      default -> guess(schema);
    };
  }

  private JsonNode guess(JsonNode schema) {
    guessed = true;
    if (schema.has("enum")) {
      return schema.get("enum").get(0);
    }
    return switch (schema.path("type").asText()) {
      case "number", "integer" -> JSON.numberNode(schema.path("minimum").asInt(1));
      case "boolean" -> JSON.booleanNode(true);
      default ->
          schema.path("examples").path(0).isTextual()
              ? schema.get("examples").get(0)
              : JSON.textNode("x");
    };
  }

  private ArrayNode array(String name, JsonNode schema) {
    ArrayNode array = JSON.arrayNode();
    for (int i = 0; i < schema.path("minItems").asInt(); i++) {
      array.add(sample(name, schema.get("items")));
    }
    return array;
  }

  private ObjectNode object(String name, JsonNode schema) {
    List<String> needed = new ArrayList<>();
    schema.path("required").forEach(each -> needed.add(each.textValue()));
    schema
        .path("allOf")
        .forEach(choice -> needed.add(choice.at("/oneOf/0/required/0").textValue()));
    if (needed.isEmpty()) {
      schema.path("properties").fieldNames().forEachRemaining(needed::add);
    }
    ObjectNode object = JSON.objectNode();
    String prefix = name.isEmpty() ? "" : name + ".";
    for (String each : needed) {
      object.set(each, sample(prefix + each, schema.path("properties").path(each)));
    }
    return object;
  }
}
