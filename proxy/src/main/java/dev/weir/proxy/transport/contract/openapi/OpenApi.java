package dev.weir.proxy.transport.contract.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The contract's REST methods as an OpenAPI 3.1 document. Made of descriptors alone, so it holds
 * for any service in there; the same descriptors give the same bytes. Immutable.
 */
final class OpenApi {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static final String INTRODUCTION =
      """
      What this server answers about the road network of its map, by REST. The same methods, and \
      one that takes more than one request, are served by gRPC.

      Requests and answers are as the JSON mapping of protocol buffers says: names in lowerCamelCase, \
      enums by name, 64-bit numbers as text; in answers, what has its default is left out. Fields \
      that are not in the path are query parameters, those of nested messages with dots in between, \
      or, where there is a body, in the body.

      Anything but an answer is a google.rpc.Status whose ErrorInfo names the reason; reasons are \
      stable, messages are not.\
      """;

  private static final String SEVERAL =
      """
      The answers, each as soon as it is ready: one on each line, with `Accept: text/event-stream` \
      the data of one event each, with `Accept: application/json` the elements of one array.

      A fault after the first answer is the last of them, as `{"error": …}` with a \
      google.rpc.Status; of events it is one called `error`, and one called `end` is the last if \
      there was none.\
      """;

  private final Contract contract;
  private final Comments comments = new Comments();
  private final Schemas schemas = new Schemas(comments);
  private final ObjectNode root = JSON.objectNode();

  private OpenApi(Contract contract) {
    this.contract = contract;
    root.put("openapi", "3.1.0");
    ObjectNode info = root.putObject("info").put("title", "Weir").put("version", Contract.PACKAGE);
    info.put("summary", "Answers questions about the road network.");
    info.put("description", INTRODUCTION);
    info.putObject("license").put("name", "Apache-2.0").put("identifier", "Apache-2.0");
    root.putArray("servers").addObject().put("url", "/").put("description", "This server.");
    security();
    tags();
    Map<String, ObjectNode> errors =
        new Errors(contract.enumeration("ErrorReason"), comments).responses(schemas);
    ObjectNode paths = root.putObject("paths");
    for (Binding binding : contract.bindings()) {
      ObjectNode path = paths.withObjectProperty(binding.path());
      path.set(binding.verb(), operation(binding, errors));
    }
    components(errors);
  }

  static OpenApi of(Contract contract) {
    return new OpenApi(contract);
  }

  /** As it is sent. */
  byte[] json() {
    try {
      return new ObjectMapper().writeValueAsBytes(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree that is no JSON", e);
    }
  }

  /** To be read only. */
  JsonNode root() {
    return root;
  }

  /** Nobody needs a key unless the operator says so. */
  private void security() {
    ArrayNode security = root.putArray("security");
    security.addObject();
    Headers.security().fieldNames().forEachRemaining(way -> security.addObject().putArray(way));
  }

  private void tags() {
    ArrayNode tags = root.putArray("tags");
    for (ServiceDescriptor service : contract.services()) {
      if (contract.bindings().stream().anyMatch(at -> at.method().getService().equals(service))) {
        tags.addObject().put("name", service.getName()).put("description", comments.of(service));
      }
    }
  }

  private ObjectNode operation(Binding binding, Map<String, ObjectNode> errors) {
    Parameters fields = Parameters.of(binding, schemas);
    ObjectNode operation = JSON.objectNode().put("operationId", binding.id());
    operation.putArray("tags").add(binding.method().getService().getName());
    operation.put("summary", comments.summary(binding.method()));
    operation.put("description", description(binding, fields.onlyInBody()));
    ArrayNode parameters = operation.putArray("parameters").addAll(fields.all());
    for (String header : Headers.ofRequests().keySet()) {
      parameters.addObject().put("$ref", "#/components/parameters/" + header);
    }
    if (binding.body()) {
      body(operation.putObject("requestBody").put("required", true), binding);
    }
    ObjectNode responses = operation.putObject("responses");
    answer(responses.putObject("200"), binding);
    for (String error : errors.keySet()) {
      responses.putObject(error).put("$ref", "#/components/responses/" + name(error));
    }
    return operation;
  }

  private String description(Binding binding, List<String> onlyInBody) {
    String comment = comments.of(binding.method());
    return onlyInBody.isEmpty()
        ? comment
        : onlyInBody.stream()
            .map(name -> "`" + name + "`")
            .collect(Collectors.joining(", ", comment + "\n\nNot as query parameters: ", "."));
  }

  private void body(ObjectNode body, Binding binding) {
    Descriptor request = binding.method().getInputType();
    Set<String> inPath = binding.pathFields().keySet();
    body.put("description", inPath.isEmpty() ? "The request." : "The request but for its path.");
    body.putObject("content")
        .putObject("application/json")
        .set(
            "schema",
            inPath.isEmpty()
                ? schemas.reference(request)
                : schemas.reference(binding.id() + "_Body", request, inPath));
  }

  private void answer(ObjectNode answer, Binding binding) {
    boolean several = binding.method().isServerStreaming();
    answer.put("description", several ? SEVERAL : "The answer.");
    ObjectNode headers = answer.putObject("headers");
    Headers.OF_ALL.forEach(name -> Errors.header(headers, name));
    Headers.OF_QUOTA.forEach(name -> Errors.header(headers, name));
    ObjectNode content = answer.putObject("content");
    ObjectNode message = schemas.reference(binding.method().getOutputType());
    if (several) {
      content.putObject("application/x-ndjson").set("schema", all(message));
      content.putObject("text/event-stream").putObject("schema").put("type", "string");
      content.putObject("application/json").set("schema", all(message));
    } else {
      Errors.header(headers, Headers.DEGRADED);
      content.putObject("application/json").set("schema", message);
    }
  }

  private static ObjectNode all(ObjectNode message) {
    ObjectNode array = JSON.objectNode().put("type", "array");
    array.set("items", message);
    return array;
  }

  private static String name(String error) {
    return error.equals("default") ? "Other" : "Status" + error;
  }

  private void components(Map<String, ObjectNode> errors) {
    ObjectNode components = root.putObject("components");
    components.putObject("schemas").setAll(schemas.components());
    ObjectNode responses = components.putObject("responses");
    errors.forEach((error, response) -> responses.set(name(error), response));
    components.putObject("parameters").setAll(Headers.ofRequests());
    components.putObject("headers").setAll(Headers.ofAnswers());
    components.set("securitySchemes", Headers.security());
  }
}
