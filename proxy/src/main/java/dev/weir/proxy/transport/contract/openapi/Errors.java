package dev.weir.proxy.transport.contract.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.EnumDescriptor;
import dev.weir.proxy.transport.contract.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What is answered instead of what was asked for: the table of faults, by status of HTTP. */
final class Errors {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String TYPE_URL = "type.googleapis.com/";
  private static final String PREFIX = "ERROR_REASON_";

  private final EnumDescriptor reasons;
  private final Comments comments;

  /**
   * @param reasons the contract's enum of them
   */
  Errors(EnumDescriptor reasons, Comments comments) {
    this.reasons = reasons;
    this.comments = comments;
  }

  /** The answers there may be, by the names under which operations refer to them. */
  Map<String, ObjectNode> responses(Schemas schemas) {
    ObjectNode status = status(schemas);
    Map<String, ObjectNode> responses = new TreeMap<>();
    byStatus().forEach((http, faults) -> responses.put(http.toString(), response(faults, status)));
    ObjectNode other =
        JSON.objectNode()
            .put("description", "The request is none of this contract; there is no ErrorInfo.");
    content(other, status);
    responses.put("default", other);
    return responses;
  }

  private static Map<Integer, List<Fault>> byStatus() {
    Map<Integer, List<Fault>> faults = new TreeMap<>();
    for (Fault fault : Fault.values()) {
      faults.computeIfAbsent(fault.httpStatus(), status -> new ArrayList<>()).add(fault);
    }
    return faults;
  }

  private ObjectNode response(List<Fault> faults, ObjectNode status) {
    ObjectNode response = JSON.objectNode().put("description", list("One of:", faults));
    ObjectNode headers = response.putObject("headers");
    Headers.OF_ALL.forEach(name -> header(headers, name));
    Headers.OF_QUOTA.forEach(name -> header(headers, name));
    if (faults.stream().anyMatch(Fault::asksBack)) {
      header(headers, Headers.RETRY_AFTER);
    }
    if (faults.contains(Fault.KEY_REQUIRED)) {
      header(headers, Headers.CHALLENGE);
    }
    content(response, status);
    return response;
  }

  private static void content(ObjectNode response, ObjectNode schema) {
    response.putObject("content").putObject("application/json").set("schema", schema);
  }

  /** Refers to a header of answers. */
  static void header(ObjectNode headers, String name) {
    headers.putObject(name).put("$ref", "#/components/headers/" + name);
  }

  private String list(String title, List<Fault> faults) {
    StringBuilder text = new StringBuilder(title).append('\n');
    for (Fault fault : faults) {
      text.append("\n- `").append(fault.name()).append("`: ").append(comment(fault));
    }
    return text.toString();
  }

  private String comment(Fault fault) {
    String name = PREFIX + fault.name();
    return comments.of(Objects.requireNonNull(reasons.findValueByName(name), name));
  }

  private ObjectNode status(Schemas schemas) {
    ObjectNode status = object("Why something was not answered.");
    ObjectNode properties = status.putObject("properties");
    properties
        .putObject("code")
        .put("type", "integer")
        .put("format", "int32")
        .put("description", "The code of gRPC, a google.rpc.Code.");
    text(properties, "message", "The same for people, in English.");
    ObjectNode details = properties.putObject("details").put("type", "array");
    details.put("description", "The same for programs: an ErrorInfo, and what else there is.");
    ArrayNode kinds = details.putObject("items").putArray("oneOf");
    kinds.add(schemas.reference("google.rpc.ErrorInfo", errorInfo(reason(schemas))));
    kinds.add(schemas.reference("google.rpc.BadRequest", badRequest()));
    kinds.add(schemas.reference("google.rpc.RetryInfo", retryInfo()));
    return schemas.reference("google.rpc.Status", status);
  }

  private ObjectNode reason(Schemas schemas) {
    ObjectNode reason = JSON.objectNode().put("type", "string");
    ArrayNode names = reason.putArray("enum");
    List.of(Fault.values()).forEach(fault -> names.add(fault.name()));
    reason.put("description", list(comments.of(reasons), List.of(Fault.values())));
    return schemas.reference(reasons.getName(), reason);
  }

  private static ObjectNode errorInfo(ObjectNode reason) {
    ObjectNode info = detail("google.rpc.ErrorInfo", "Which fault it is.");
    ObjectNode properties = properties(info);
    properties.set("reason", reason);
    properties.putObject("domain").put("const", "weir").put("description", "Of all reasons.");
    ObjectNode metadata = properties.putObject("metadata").put("type", "object");
    metadata.put("description", "What else is known, by name.");
    metadata.putObject("additionalProperties").put("type", "string");
    return info;
  }

  private static ObjectNode badRequest() {
    ObjectNode badRequest = detail("google.rpc.BadRequest", "Which fields are at fault.");
    ObjectNode violations = properties(badRequest).putObject("fieldViolations");
    violations.put("type", "array").put("description", "One for each.");
    ObjectNode violation = violations.putObject("items").put("type", "object");
    ObjectNode properties = violation.putObject("properties");
    text(properties, "field", "Its path, as `intermediates[2].latitude`.");
    text(properties, "description", "What is wrong with it.");
    return badRequest;
  }

  private static ObjectNode retryInfo() {
    ObjectNode retry = detail("google.rpc.RetryInfo", "When to ask again.");
    properties(retry)
        .set("retryDelay", WellKnown.duration().put("description", "Not before so long."));
    return retry;
  }

  private static ObjectNode detail(String type, String description) {
    ObjectNode detail = object(description);
    detail.putObject("properties").putObject("@type").put("const", TYPE_URL + type);
    detail.putArray("required").add("@type");
    return detail;
  }

  private static ObjectNode properties(ObjectNode schema) {
    return schema.withObjectProperty("properties");
  }

  private static ObjectNode object(String description) {
    return JSON.objectNode().put("type", "object").put("description", description);
  }

  private static void text(ObjectNode properties, String name, String description) {
    properties.putObject(name).put("type", "string").put("description", description);
  }
}
