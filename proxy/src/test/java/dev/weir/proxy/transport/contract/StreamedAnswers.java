package dev.weir.proxy.transport.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.weir.proxy.transport.FrameClient;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks one question whose answers are several over the HTTP port, in each form that there is, by
 * HTTP/1.1 and by HTTP/2.
 *
 * @param port of a server of this machine
 * @param path of REST
 * @param method as the Connect protocol calls it
 */
record StreamedAnswers(int port, String path, String method, Message request) {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();

  static StreamedAnswers of(int port, String path, String method, Message request) {
    return new StreamedAnswers(port, path, method, request);
  }

  /**
   * @param fault what is said to be wrong, empty if nothing is
   */
  record Heard(List<Message> messages, String fault) {}

  Heard lines(Message prototype) throws Exception {
    HttpResponse<byte[]> response = rest("application/x-ndjson");
    List<JsonNode> lines = new ArrayList<>();
    for (String line : new String(response.body(), UTF_8).lines().toList()) {
      lines.add(JSON.readTree(line));
    }
    return heard(response, lines, prototype);
  }

  Heard array(Message prototype) throws Exception {
    HttpResponse<byte[]> response = rest("application/json");
    List<JsonNode> elements = new ArrayList<>();
    if (response.statusCode() == 200) {
      JSON.readTree(response.body()).forEach(elements::add);
    } else {
      elements.add(JSON.readTree(response.body()));
    }
    return heard(response, elements, prototype);
  }

  Heard events(Message prototype) throws Exception {
    HttpResponse<byte[]> response = rest("text/event-stream");
    if (response.statusCode() != 200) {
      return heard(response, List.of(JSON.readTree(response.body())), prototype);
    }
    List<Message> messages = new ArrayList<>();
    String fault = "";
    for (String event : new String(response.body(), UTF_8).strip().split("\n\n", -1)) {
      String data = event.substring(event.indexOf("data: ") + 6);
      if (event.startsWith("event: error\n")) {
        fault = JSON.readTree(data).get("message").textValue();
      } else if (!event.startsWith("event: end\n")) {
        messages.add(message(data, prototype));
      }
    }
    return new Heard(messages, fault);
  }

  private Heard heard(HttpResponse<byte[]> response, List<JsonNode> parts, Message prototype)
      throws Exception {
    List<Message> messages = new ArrayList<>();
    String fault = "";
    for (JsonNode part : parts) {
      if (response.statusCode() != 200) {
        fault = part.get("message").textValue();
      } else if (part.has("error")) {
        fault = part.at("/error/message").textValue();
      } else {
        messages.add(message(part.toString(), prototype));
      }
    }
    return new Heard(messages, fault);
  }

  private static Message message(String json, Message prototype) throws Exception {
    Message.Builder message = prototype.newBuilderForType();
    JsonFormat.parser().merge(json, message);
    return message.build();
  }

  private HttpResponse<byte[]> rest(String accept) throws Exception {
    byte[] asked = JsonFormat.printer().print(request).getBytes(UTF_8);
    return send(path, "application/json", accept, asked);
  }

  Heard connectJson(Message prototype) throws Exception {
    byte[] asked = JsonFormat.printer().print(request).getBytes(UTF_8);
    List<Message> messages = new ArrayList<>();
    String fault = connect("application/connect+json", asked, messages, prototype, true);
    return new Heard(messages, fault);
  }

  Heard connectProto(Message prototype) throws Exception {
    List<Message> messages = new ArrayList<>();
    String fault =
        connect("application/connect+proto", request.toByteArray(), messages, prototype, false);
    return new Heard(messages, fault);
  }

  private String connect(
      String type, byte[] asked, List<Message> messages, Message prototype, boolean json)
      throws Exception {
    byte[] body =
        ByteBuffer.allocate(5 + asked.length).put((byte) 0).putInt(asked.length).put(asked).array();
    HttpResponse<byte[]> response = send("/weir.v1.RoutingService/" + method, type, "*/*", body);
    assertEquals(200, response.statusCode());
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(response.body()));
    for (int flags = in.read(); flags == 0; flags = in.read()) {
      byte[] content = in.readNBytes(in.readInt());
      messages.add(
          json
              ? message(new String(content, UTF_8), prototype)
              : prototype.newBuilderForType().mergeFrom(content).build());
    }
    JsonNode end = JSON.readTree(in.readNBytes(in.readInt()));
    return end.at("/error/message").asText();
  }

  private HttpResponse<byte[]> send(String target, String type, String accept, byte[] body)
      throws Exception {
    HttpRequest asked =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", type)
            .header("Accept", accept)
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    HttpResponse<byte[]> response = HTTP.send(asked, BodyHandlers.ofByteArray());
    try (FrameClient http2 = new FrameClient(port).greet()) {
      FrameClient.Response same = http2.post(target, type, body, "accept", accept);
      assertEquals(response.statusCode(), same.status());
      assertArrayEquals(response.body(), same.bytes());
    }
    return response;
  }
}
