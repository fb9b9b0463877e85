package dev.weir.proxy.transport.contract.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The fields of a request in its path and query, as the annotation {@code google.api.http} says:
 * fields of fields are separated by dots. Used for one binding.
 */
final class Parameters {

  /** The server follows no more dots than this. */
  private static final int DEEPEST = 8;

  private final Schemas schemas;
  private final ArrayNode all = JsonNodeFactory.instance.arrayNode();
  private final List<String> onlyInBody = new ArrayList<>();

  private Parameters(Schemas schemas) {
    this.schemas = schemas;
  }

  static Parameters of(Binding binding, Schemas schemas) {
    Parameters parameters = new Parameters(schemas);
    Map<String, FieldDescriptor> path = binding.pathFields();
    path.forEach((name, field) -> parameters.add("path", name, "", field, true));
    if (!binding.body()) {
      Level request = new Level(binding.method().getInputType(), "", "", true, 1);
      parameters.fields(request, path.keySet());
    }
    return parameters;
  }

  ArrayNode all() {
    return all;
  }

  /** Fields that cannot be set here, by their names in JSON. */
  List<String> onlyInBody() {
    return onlyInBody;
  }

  /**
   * A message whose fields are parameters: the request, or one in it.
   *
   * @param prefix of their names
   * @param about what is said of the message, in front of what is said of them
   * @param needed a request without this message is refused
   * @param depth 1 for the request
   */
  private record Level(Descriptor message, String prefix, String about, boolean needed, int depth) {

    /** As a place is: without one of its numbers it would be another place, not none. */
    boolean allCount() {
      return depth > 1
          && message.getFields().stream()
              .allMatch(field -> field.getJavaType() == JavaType.DOUBLE && !field.isRepeated());
    }
  }

  private void fields(Level of, Set<String> inPath) {
    for (FieldDescriptor field : of.message.getFields()) {
      String name = of.prefix + field.getJsonName();
      if (inPath.contains(name)) {
        continue;
      }
      if (field.getJavaType() != JavaType.MESSAGE || isText(field)) {
        add(
            "query",
            name,
            of.about,
            field,
            of.needed && (Limits.mustBeSet(field) || of.allCount()));
      } else if (field.isRepeated() || of.depth == DEEPEST) {
        onlyInBody.add(name);
      } else {
        String about = of.about + schemas.comment(field) + " ";
        boolean needed = of.needed && Limits.of(field).getRequired();
        Level below = new Level(field.getMessageType(), name + ".", about, needed, of.depth + 1);
        fields(below, inPath);
      }
    }
  }

  /** A message that is a word in JSON is one in a query. */
  private static boolean isText(FieldDescriptor field) {
    ObjectNode known = WellKnown.schema(field.getMessageType());
    return !field.isRepeated()
        && known != null
        && !List.of("object", "array", "").contains(known.path("type").asText());
  }

  private void add(String in, String name, String about, FieldDescriptor field, boolean required) {
    ObjectNode schema = schemas.of(field);
    String told = about + schema.remove("description").asText();
    ObjectNode parameter = all.addObject().put("name", name).put("in", in).put("description", told);
    if (required) {
      parameter.put("required", true);
    }
    parameter.set("schema", schema);
  }
}
