package dev.weir.proxy.transport.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Any;
import com.google.rpc.Code;
import com.google.rpc.Status;
import dev.weir.proxy.transport.contract.ContractJson;
import java.util.Base64;
import java.util.Locale;

/**
 * Faults as the Connect protocol tells them: a word for the code, a message, and details both as
 * bytes and, for people, as JSON. Thread-safe.
 */
final class ConnectJson {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Base64.Encoder BASE64 = Base64.getEncoder().withoutPadding();

  private ConnectJson() {}

  static String of(Status status) {
    ObjectNode error = MAPPER.createObjectNode();
    error.put("code", word(Code.forNumber(status.getCode())));
    error.put("message", status.getMessage());
    for (Any detail : status.getDetailsList()) {
      error
          .withArray("details")
          .addObject()
          .put("type", detail.getTypeUrl().substring(detail.getTypeUrl().lastIndexOf('/') + 1))
          .put("value", BASE64.encodeToString(detail.getValue().toByteArray()))
          .set("debug", debug(detail));
    }
    try {
      // not in bytes: what is said of a request may hold half of a character, as the request did
      return MAPPER.writeValueAsString(error);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON was not written", e);
    }
  }

  private static JsonNode debug(Any detail) {
    try {
      JsonNode fields = MAPPER.readTree(ContractJson.of(detail));
      return fields instanceof ObjectNode object ? object.without("@type") : fields;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("JSON of ours was not read", e);
    }
  }

  private static String word(Code code) {
    return code == Code.CANCELLED ? "canceled" : code.name().toLowerCase(Locale.ROOT);
  }
}
