package dev.weir.proxy.transport.contract.openapi;

import build.buf.validate.FieldRules;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.GenericDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Messages and enums as JSON Schema, in the form that the JSON mapping of protocol buffers gives
 * them. Collects those that are referred to. Not thread-safe.
 */
final class Schemas {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Comments comments;
  private final Map<String, ObjectNode> components = new TreeMap<>();

  Schemas(Comments comments) {
    this.comments = comments;
  }

  /** All that was referred to so far, by name. */
  Map<String, ObjectNode> components() {
    return components;
  }

  /** Keeps a schema that is not made of a descriptor. */
  ObjectNode reference(String name, ObjectNode schema) {
    components.put(name, schema);
    return reference(name);
  }

  private static ObjectNode reference(String name) {
    return JSON.objectNode().put("$ref", "#/components/schemas/" + name);
  }

  /** Of a message; those that have a JSON of their own are written out. */
  ObjectNode reference(Descriptor message) {
    ObjectNode wellKnown = WellKnown.schema(message);
    if (wellKnown != null) {
      return wellKnown;
    }
    String name = name(message);
    if (!components.containsKey(name)) {
      ObjectNode schema = JSON.objectNode().put("type", "object");
      components.put(name, schema); // before its fields, which may be of its own type
      fill(schema, name, message, Set.of());
    }
    return reference(name);
  }

  /**
   * Of a message whose other fields are somewhere else.
   *
   * @param without names in JSON, those of nested fields with dots in between
   */
  ObjectNode reference(String name, Descriptor message, Set<String> without) {
    ObjectNode schema = JSON.objectNode().put("type", "object");
    fill(schema, name, message, without);
    return reference(name, schema);
  }

  private ObjectNode reference(EnumDescriptor type) {
    String name = name(type);
    if (!components.containsKey(name)) {
      components.put(name, schema(type));
    }
    return reference(name);
  }

  /** Our own go without their package. */
  private static String name(GenericDescriptor type) {
    String own = Contract.PACKAGE + ".";
    String name = type.getFullName();
    return name.startsWith(own) ? name.substring(own.length()) : name;
  }

  private ObjectNode schema(EnumDescriptor type) {
    ObjectNode schema = JSON.objectNode().put("type", "string");
    ArrayNode names = schema.putArray("enum");
    StringBuilder text = new StringBuilder(comments.of(type)).append('\n');
    for (EnumValueDescriptor value : type.getValues()) {
      names.add(value.getName());
      text.append("\n- `").append(value.getName()).append("`: ").append(comments.of(value));
    }
    return schema.put("description", text.toString());
  }

  private void fill(ObjectNode schema, String name, Descriptor message, Set<String> without) {
    schema.put("description", sentences(comments.of(message), Choices.ofFields(message)));
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = JSON.arrayNode();
    for (FieldDescriptor field : message.getFields()) {
      if (without.contains(field.getJsonName())) {
        continue;
      }
      properties.set(field.getJsonName(), of(field, name, below(field, without)));
      if (Limits.mustBeSet(field)) {
        required.add(field.getJsonName());
      }
    }
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    ArrayNode choices = Choices.required(message);
    if (!choices.isEmpty()) {
      schema.set("allOf", choices);
    }
  }

  /** Of those names, the ones of fields of this field. */
  private static Set<String> below(FieldDescriptor field, Set<String> names) {
    String prefix = field.getJsonName() + ".";
    return names.stream()
        .filter(name -> name.startsWith(prefix))
        .map(name -> name.substring(prefix.length()))
        .collect(Collectors.toSet());
  }

  private ObjectNode of(FieldDescriptor field, String name, Set<String> without) {
    return without.isEmpty()
        ? of(field)
        : reference(name + "_" + field.getJsonName(), field.getMessageType(), without)
            .put("description", comment(field));
  }

  /** What is said of a field, and of the fields that it is an alternative to. */
  String comment(FieldDescriptor field) {
    return sentences(comments.of(field), Choices.ofField(field));
  }

  /** Of a field, with its rules and its comment. */
  ObjectNode of(FieldDescriptor field) {
    FieldRules rules = Limits.of(field);
    ObjectNode schema;
    List<String> told = new ArrayList<>();
    if (field.isMapField()) {
      FieldDescriptor value = field.getMessageType().findFieldByName("value");
      schema = JSON.objectNode().put("type", "object");
      schema.set("additionalProperties", one(value, rules.getMap().getValues(), told));
      told.addAll(Limits.put(rules, field, schema));
    } else if (field.isRepeated()) {
      schema = JSON.objectNode().put("type", "array");
      schema.set("items", one(field, rules.getRepeated().getItems(), told));
      told.addAll(Limits.put(rules, field, schema));
    } else {
      schema = one(field, rules, told);
    }
    told.addAll(Choices.ofField(field));
    return schema.put("description", sentences(comments.of(field), told));
  }

  /**
   * @param told gets the rules that the schema cannot say
   */
  private ObjectNode one(FieldDescriptor field, FieldRules rules, List<String> told) {
    ObjectNode schema = type(field);
    told.addAll(Limits.put(rules, field, schema));
    return schema;
  }

  private ObjectNode type(FieldDescriptor field) {
    return switch (field.getType()) {
      case DOUBLE -> plain("number", "double");
      case FLOAT -> plain("number", "float");
      case INT32, SINT32, SFIXED32 -> plain("integer", "int32");
      case UINT32, FIXED32 -> plain("integer", "uint32").put("minimum", 0);
      case INT64, SINT64, SFIXED64 -> plain("string", "int64");
      case UINT64, FIXED64 -> plain("string", "uint64");
      case BOOL -> JSON.objectNode().put("type", "boolean");
      case STRING -> JSON.objectNode().put("type", "string");
      case BYTES -> JSON.objectNode().put("type", "string").put("contentEncoding", "base64");
      case ENUM -> reference(field.getEnumType());
      case MESSAGE, GROUP -> reference(field.getMessageType());
    };
  }

  private static ObjectNode plain(String type, String format) {
    return JSON.objectNode().put("type", type).put("format", format);
  }

  private static String sentences(String comment, List<String> more) {
    return more.isEmpty() ? comment : comment + " " + String.join(" ", more);
  }
}
