package dev.weir.proxy.transport.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.rpc.ErrorInfo;
import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.proxy.path.Reply;
import dev.weir.proxy.path.TransportObserver.Resource;
import dev.weir.proxy.transport.contract.Fault;
import dev.weir.routing.Legs;
import dev.weir.v1.GetMatrixRequest;
import dev.weir.v1.GetMatrixResponse;
import dev.weir.v1.Location;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Several answers to one request by the Connect protocol: messages in envelopes, and an end. */
final class ConnectStreamTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MATRIX = "/weir.v1.RoutingService/GetMatrix";
  private static final String TYPE_JSON = "application/connect+json";
  private static final String TYPE_PROTO = "application/connect+proto";
  private static final GetMatrixRequest TWO_ROWS =
      GetMatrixRequest.newBuilder()
          .setProfile("car")
          .addOrigins(Location.newBuilder().setLatitude(1))
          .addOrigins(Location.newBuilder().setLatitude(2))
          .addDestinations(Location.newBuilder().setLatitude(3))
          .build();
  private static final Reply ROW =
      new Reply.Routed(new Legs(List.of(new Legs.Leg(1_234.5, 98_765)), 1));

  private final TestServer server = new TestServer();
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    client.shutdownNow();
    server.close();
  }

  /** What a response consists of. */
  private record Heard(List<byte[]> messages, JsonNode end) {

    static Heard of(HttpResponse<byte[]> response) throws Exception {
      assertEquals(200, response.statusCode());
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(response.body()));
      List<byte[]> messages = new ArrayList<>();
      for (int flags = in.read(); flags == 0; flags = in.read()) {
        messages.add(in.readNBytes(in.readInt()));
      }
      JsonNode end = JSON.readTree(in.readNBytes(in.readInt()));
      assertEquals(-1, in.read());
      return new Heard(messages, end);
    }

    String code() {
      return end.at("/error/code").textValue();
    }

    String reason() throws Exception {
      for (JsonNode detail : end.at("/error/details")) {
        if (detail.get("type").textValue().equals("google.rpc.ErrorInfo")) {
          return ErrorInfo.parseFrom(Base64.getDecoder().decode(detail.get("value").textValue()))
              .getReason();
        }
      }
      throw new AssertionError("no ErrorInfo in " + end);
    }
  }

  private HttpRequest.Builder request(String type, byte[] body) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.server.port() + MATRIX))
        .timeout(Duration.ofSeconds(20))
        .header("Connect-Protocol-Version", "1")
        .header("Content-Type", type)
        .POST(BodyPublishers.ofByteArray(body));
  }

  private HttpRequest.Builder proto(GetMatrixRequest asked) {
    return request(TYPE_PROTO, ConnectFrames.message(asked.toByteArray()));
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static String type(HttpResponse<?> response) {
    return response.headers().firstValue("Content-Type").orElse("");
  }

  @Test
  void messagesComeInTheBinaryForm() throws Exception {
    server.application.answerWith(ROW);

    HttpResponse<byte[]> response = send(proto(TWO_ROWS));

    assertEquals(TYPE_PROTO, type(response));
    assertTrue(response.headers().firstValue("X-Weir-Load").isPresent());
    Heard heard = Heard.of(response);
    assertEquals(2, heard.messages.size());
    assertEquals(1, GetMatrixResponse.parseFrom(heard.messages.get(1)).getOrigin());
    assertEquals(JSON.readTree("{}"), heard.end);
    assertEquals(Resource.GET_MATRIX, server.observer.nextAnswer().resource());
  }

  @Test
  void messagesComeInJson() throws Exception {
    server.application.answerWith(ROW);
    String asked =
        """
        {"profile": "car", "origins": [{"latitude": 1}, {"latitude": 2}], "destinations": [{}]}
        """;

    HttpResponse<byte[]> response =
        send(request(TYPE_JSON, ConnectFrames.message(asked.getBytes(UTF_8))));

    assertEquals(TYPE_JSON, type(response));
    Heard heard = Heard.of(response);
    assertEquals(2, heard.messages.size());
    assertEquals(1, JSON.readTree(heard.messages.get(1)).get("origin").intValue());
  }

  @Test
  void aRequestMayBeCompressedByGzipAndByNothingElse() throws Exception {
    server.application.answerWith(ROW);
    byte[] zipped = ConnectFrames.message(Deflation.deflate(TWO_ROWS.toByteArray()));
    zipped[0] = 1;

    HttpRequest.Builder gzip = request(TYPE_PROTO, zipped);
    assertEquals(
        2, Heard.of(send(gzip.header("Connect-Content-Encoding", "gzip"))).messages.size());
    HttpRequest.Builder plain = proto(TWO_ROWS).header("Connect-Content-Encoding", "gzip");
    assertEquals(2, Heard.of(send(plain)).messages.size());
    HttpRequest.Builder brotli = proto(TWO_ROWS).header("Connect-Content-Encoding", "br");
    assertEquals("unimplemented", Heard.of(send(brotli)).code());
    assertEquals("MALFORMED", Heard.of(send(request(TYPE_PROTO, zipped))).reason());
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void aRefusalIsTheEndOfAStreamThatDidNotBegin(Reason reason) throws Exception {
    server.application.refuseWith(new Refusal(reason, Duration.ofMillis(100)));

    HttpResponse<byte[]> response = send(proto(TWO_ROWS));

    assertEquals(TYPE_PROTO, type(response));
    Heard heard = Heard.of(response);
    assertEquals(List.of(), heard.messages);
    assertEquals(reason.name(), heard.reason());
    assertEquals(Fault.of(reason).httpStatus(), server.observer.nextAnswer().status());
    assertFalse(server.application.hasArrivals());
  }

  @Test
  void whatIsWrongAfterTheFirstAnswerIsTheEndToo() throws Exception {
    HttpRequest request = proto(TWO_ROWS).build();
    var response = client.sendAsync(request, BodyHandlers.ofByteArray());
    server.application.next().sink().reply(ROW);
    server.application.next().sink().reply(new Reply.Failed("abc"));

    Heard heard = Heard.of(response.get());

    assertEquals(1, heard.messages.size());
    assertEquals("internal", heard.code());
    assertEquals(500, server.observer.nextAnswer().status());
  }

  @Test
  void fieldsThatBreakARuleAndBodiesThatAreNoMessageAreToldSo() throws Exception {
    server.application.answerWith(ROW);

    Heard invalid = Heard.of(send(proto(TWO_ROWS.toBuilder().setProfile("a b").build())));
    assertEquals("invalid_argument", invalid.code());
    assertEquals("INVALID_FIELD", invalid.reason());

    for (byte[] body : List.of(new byte[0], new byte[] {0, 0, 0, 0, 9}, TWO_ROWS.toByteArray())) {
      assertEquals("MALFORMED", Heard.of(send(request(TYPE_PROTO, body))).reason());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Connect-Protocol-Version, 2",
    "Connect-Timeout-Ms, soon",
    "X-Weir-Priority, urgent",
  })
  void headersThatSayNothingAreInvalidArguments(String name, String value) throws Exception {
    Heard heard = Heard.of(send(proto(TWO_ROWS).setHeader(name, value)));

    assertEquals("invalid_argument", heard.code());
    assertFalse(server.application.hasArrivals());
  }

  @Test
  void itsDeadlineIsThatOfAllAnswers() throws Exception {
    HttpRequest request = proto(TWO_ROWS).header("Connect-Timeout-Ms", "1500").build();
    var response = client.sendAsync(request, BodyHandlers.ofByteArray());
    var first = server.application.next();
    first.sink().reply(ROW);
    var second = server.application.next();
    second.sink().reply(ROW);

    assertEquals(2, Heard.of(response.get()).messages.size());
    assertEquals(
        Duration.ofMillis(1_500),
        Duration.ofNanos(first.call().deadline().remainingNanos(first.call().arrivedNanos())));
    assertEquals(first.call().deadline(), second.call().deadline());
  }
}
