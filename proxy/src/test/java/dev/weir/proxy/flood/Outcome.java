package dev.weir.proxy.flood;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.weir.proxy.flood.WebCaller.Reply;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What came of a question, read from the words of a transport.
 *
 * @param fault that ended it, {@code null} if it ended well
 */
record Outcome(List<Message> messages, @Nullable Status fault) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonFormat.Parser STATUS =
      JsonFormat.parser()
          .usingTypeRegistry(
              TypeRegistry.newBuilder()
                  .add(ErrorInfo.getDescriptor())
                  .add(RetryInfo.getDescriptor())
                  .build());

  private static Outcome of(Message message) {
    return new Outcome(List.of(message), null);
  }

  private static Outcome of(Status fault) {
    return new Outcome(List.of(), fault);
  }

  /** One answer by REST. */
  static Outcome rest(Reply reply, Message.Builder response) throws IOException {
    return reply.status() == 200 ? of(message(reply.text(), response)) : of(status(reply.text()));
  }

  /** Several answers by REST, as lines, events or an array. */
  static Outcome rest(Reply reply, Way.Form form, Supplier<Message.Builder> response)
      throws IOException {
    if (reply.status() != 200) {
      return of(status(reply.text()));
    }
    List<Message> messages = new ArrayList<>();
    for (JsonNode part : form == Way.Form.EVENTS ? events(reply.text()) : parts(reply, form)) {
      if (part.has("error")) {
        return new Outcome(messages, status(part.get("error").toString()));
      }
      messages.add(message(part.toString(), response.get()));
    }
    return new Outcome(messages, null);
  }

  private static Iterable<JsonNode> parts(Reply reply, Way.Form form) throws IOException {
    if (form == Way.Form.ARRAY) {
      return JSON.readTree(reply.text());
    }
    List<JsonNode> lines = new ArrayList<>();
    for (String line : reply.text().lines().toList()) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  /** As lines would have them; the end, which has to be said, is no part. */
  private static List<JsonNode> events(String text) throws IOException {
    List<JsonNode> parts = new ArrayList<>();
    String event = "";
    for (String each : text.strip().split("\n\n", -1)) {
      if (each.startsWith(":")) {
        continue;
      }
      event = each.substring("event: ".length(), each.indexOf('\n'));
      JsonNode data = JSON.readTree(each.substring(each.indexOf("data: ") + "data: ".length()));
      if (event.equals("error")) {
        parts.add(JSON.createObjectNode().set("error", data));
      } else if (!event.equals("end")) {
        parts.add(data);
      }
    }
    if (!event.equals("error") && !event.equals("end")) {
      throw new IOException("events without an end: " + event);
    }
    return parts;
  }

  /** One answer by the Connect protocol. */
  static Outcome connect(Reply reply, boolean json, Message.Builder response) throws IOException {
    if (reply.status() != 200) {
      return of(error(JSON.readTree(reply.text())));
    }
    return of(message(reply.body(), json, response));
  }

  /** Several answers by the Connect protocol. */
  static Outcome connect(Reply reply, boolean json, Supplier<Message.Builder> response)
      throws IOException {
    if (reply.status() != 200) {
      throw new IOException("a stream of Connect with the status " + reply.status());
    }
    List<Message> messages = new ArrayList<>();
    DataInputStream in = new DataInputStream(reply.body().newInput());
    for (int flags = in.readUnsignedByte(); flags == 0; flags = in.readUnsignedByte()) {
      messages.add(message(frame(in), json, response.get()));
    }
    JsonNode end = JSON.readTree(frame(in).toStringUtf8());
    return new Outcome(messages, end.has("error") ? error(end.get("error")) : null);
  }

  private static ByteString frame(DataInputStream in) throws IOException {
    byte[] content = new byte[in.readInt()];
    in.readFully(content);
    return ByteString.copyFrom(content);
  }

  private static Message message(ByteString written, boolean json, Message.Builder into)
      throws IOException {
    return json ? message(written.toStringUtf8(), into) : into.mergeFrom(written).build();
  }

  private static Message message(String json, Message.Builder into) throws IOException {
    JsonFormat.parser().merge(json, into);
    return into.build();
  }

  private static Status status(String json) throws IOException {
    Status.Builder status = Status.newBuilder();
    STATUS.merge(json, status);
    return status.build();
  }

  /** The Status that an error of Connect is. */
  private static Status error(JsonNode error) {
    String code = error.path("code").asText().toUpperCase(Locale.ROOT);
    Status.Builder status =
        Status.newBuilder()
            .setMessage(error.path("message").asText())
            .setCode(Code.valueOf(code).getNumber());
    for (JsonNode detail : error.path("details")) {
      byte[] value = Base64.getDecoder().decode(detail.path("value").asText());
      status.addDetails(
          Any.newBuilder()
              .setTypeUrl("type.googleapis.com/" + detail.path("type").asText())
              .setValue(ByteString.copyFrom(value)));
    }
    return status.build();
  }
}
