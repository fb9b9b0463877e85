package dev.weir.proxy.transport.contract.openapi;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * One way to call a method by REST. Immutable.
 *
 * @param number 1 for the first of a method
 * @param verb in lower case, as OpenAPI writes it
 * @param template as the annotation {@code google.api.http} writes it
 * @param body fields that are not in the path are in a JSON document; otherwise they are query
 *     parameters
 */
record Binding(MethodDescriptor method, int number, String verb, String template, boolean body) {

  private static final Pattern VARIABLE = Pattern.compile("\\{([^}=]+)(?:=[^}]*)?\\}");

  /** Those of a method, in the order of its annotation; none if it has no annotation. */
  static List<Binding> of(MethodDescriptor method) {
    if (!method.getOptions().hasExtension(AnnotationsProto.http)) {
      return List.of();
    }
    HttpRule first = method.getOptions().getExtension(AnnotationsProto.http);
    List<Binding> bindings = new ArrayList<>();
    bindings.add(of(method, 1, first));
    for (HttpRule rule : first.getAdditionalBindingsList()) {
      bindings.add(of(method, bindings.size() + 1, rule));
    }
    return bindings;
  }

  private static Binding of(MethodDescriptor method, int number, HttpRule rule) {
    String template =
        switch (rule.getPatternCase()) {
          case GET -> rule.getGet();
          case POST -> rule.getPost();
          case PUT -> rule.getPut();
          case DELETE -> rule.getDelete();
          case PATCH -> rule.getPatch();
          case CUSTOM, PATTERN_NOT_SET ->
              throw new IllegalArgumentException(method.getFullName() + " has no verb of HTTP");
        };
    String verb = rule.getPatternCase().name().toLowerCase(Locale.ROOT);
    return new Binding(method, number, verb, template, !rule.getBody().isEmpty());
  }

  /** Unique among all bindings. */
  String id() {
    String name = method.getService().getName() + "_" + method.getName();
    return number == 1 ? name : name + "_" + number;
  }

  /** As OpenAPI writes it. */
  String path() {
    return VARIABLE
        .matcher(template)
        .replaceAll(variable -> "{" + jsonName(fields(variable.group(1))) + "}");
  }

  /** Fields that are in the path, by their names in JSON, separated by dots. */
  Map<String, FieldDescriptor> pathFields() {
    Map<String, FieldDescriptor> found = new LinkedHashMap<>();
    for (MatchResult variable : VARIABLE.matcher(template).results().toList()) {
      List<FieldDescriptor> fields = fields(variable.group(1));
      found.put(jsonName(fields), fields.getLast());
    }
    return found;
  }

  private static String jsonName(List<FieldDescriptor> fields) {
    return String.join(".", fields.stream().map(FieldDescriptor::getJsonName).toList());
  }

  /** From the request down to the field of a path. */
  private List<FieldDescriptor> fields(String path) {
    List<FieldDescriptor> fields = new ArrayList<>();
    Descriptor at = method.getInputType();
    for (String name : path.split("\\.", -1)) {
      FieldDescriptor field = at.findFieldByName(name);
      if (field == null) {
        throw new IllegalArgumentException(method.getFullName() + " has no field " + path);
      }
      fields.add(field);
      at = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE ? field.getMessageType() : at;
    }
    return fields;
  }
}
