package dev.weir.proxy.transport.contract.openapi;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.Descriptor;
import org.jspecify.annotations.Nullable;

/** Messages of protocol buffers that have a JSON of their own. */
final class WellKnown {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private WellKnown() {}

  /** The schema of such a message, {@code null} if it is none of them. */
  static @Nullable ObjectNode schema(Descriptor message) {
    return switch (message.getFullName()) {
      case "google.protobuf.Duration" -> duration();
      case "google.protobuf.Timestamp" -> type("string").put("format", "date-time");
      case "google.protobuf.FieldMask",
          "google.protobuf.StringValue",
          "google.protobuf.Int64Value",
          "google.protobuf.UInt64Value" ->
          type("string");
      case "google.protobuf.BytesValue" -> type("string").put("contentEncoding", "base64");
      case "google.protobuf.DoubleValue", "google.protobuf.FloatValue" -> type("number");
      case "google.protobuf.Int32Value", "google.protobuf.UInt32Value" -> type("integer");
      case "google.protobuf.BoolValue" -> type("boolean");
      case "google.protobuf.Any", "google.protobuf.Empty", "google.protobuf.Struct" ->
          type("object");
      case "google.protobuf.ListValue" -> type("array");
      case "google.protobuf.Value" -> JSON.objectNode();
      default -> null;
    };
  }

  /** Seconds with the letter s behind, which is not the "duration" of JSON Schema. */
  static ObjectNode duration() {
    ObjectNode schema =
        type("string")
            .put("format", "google-duration")
            .put("pattern", "^-?[0-9]{1,12}(\\.[0-9]{1,9})?s$");
    schema.putArray("examples").add("90s").add("1.5s");
    return schema;
  }

  private static ObjectNode type(String name) {
    return JSON.objectNode().put("type", name);
  }
}
