package dev.weir.proxy.transport.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.routing.MalformedQuery;
import dev.weir.v1.Location;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How several answers are written. */
final class FramingTest {

  private static final List<String> TYPES =
      List.of("application/x-ndjson", "text/event-stream", "application/json");
  private static final byte[] FAULT = "{\"code\":14}".getBytes(UTF_8);

  private static Location at(double latitude) {
    return Location.newBuilder().setLatitude(latitude).build();
  }

  private static byte[] two(Framing framing, byte[] end) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    framing.add(at(1), 0, "place", out);
    framing.add(at(2), 1, "place", out);
    out.writeBytes(end);
    return out.toByteArray();
  }

  private static byte[] well(Framing framing, int messages) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    framing.addEnd(messages, out);
    return out.toByteArray();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }

  @Test
  void linesAreOneDocumentEach() {
    assertEquals(
        "{\"latitude\":1.0}\n{\"latitude\":2.0}\n",
        text(two(Framing.LINES, well(Framing.LINES, 2))));
    assertEquals(
        "{\"latitude\":1.0}\n{\"latitude\":2.0}\n{\"error\":{\"code\":14}}\n",
        text(two(Framing.LINES, Framing.LINES.fault(FAULT, 2))));
  }

  @Test
  void eventsHaveANameANumberAndAnEnd() {
    String places =
        """
        event: place
        id: 0
        data: {"latitude":1.0}

        event: place
        id: 1
        data: {"latitude":2.0}

        """;
    assertEquals(
        places + "event: end\nid: end\ndata: {}\n\n",
        text(two(Framing.EVENTS, well(Framing.EVENTS, 2))));
    assertEquals(
        places + "event: error\ndata: {\"code\":14}\n\n",
        text(two(Framing.EVENTS, Framing.EVENTS.fault(FAULT, 2))));
  }

  @Test
  void anArrayIsJsonHoweverItEnds() throws Exception {
    ObjectMapper json = new ObjectMapper();
    JsonNode good = json.readTree(two(Framing.ARRAY, well(Framing.ARRAY, 2)));
    assertEquals(2, good.size());
    assertEquals(2, good.at("/1/latitude").intValue());
    assertEquals(0, json.readTree(well(Framing.ARRAY, 0)).size());
    JsonNode bad = json.readTree(two(Framing.ARRAY, Framing.ARRAY.fault(FAULT, 2)));
    assertEquals(14, bad.at("/2/error/code").intValue());
  }

  @Test
  void envelopesOfConnectTellLengthAndEnd() throws Exception {
    byte[] message = at(1).toByteArray();
    ByteBuffer all = ByteBuffer.wrap(two(Framing.CONNECT_PROTO, well(Framing.CONNECT_PROTO, 2)));
    for (int i = 0; i < 2; i++) {
      assertEquals(0, all.get());
      assertEquals(message.length, all.getInt());
      all.position(all.position() + message.length);
    }
    assertEquals(2, all.get());
    assertEquals(2, all.getInt());
    assertEquals("{}", UTF_8.decode(all).toString());
    assertArrayEquals(FAULT, Framing.CONNECT_JSON.fault(FAULT, 2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | LINES",
        "*/* | LINES",
        "application/x-ndjson | LINES",
        "text/event-stream | EVENTS",
        "application/json | ARRAY",
        "application/json, text/plain, */* | ARRAY",
        "text/html, */*;q=0.8 | LINES",
        "application/json;q=0.5, text/event-stream | EVENTS",
        "text/event-stream;q=0, application/json;q=0.1 | ARRAY",
        "image/png | LINES",
        "text/* | EVENTS",
      })
  void theHeaderAcceptSaysWhich(String accept, Framing expected) {
    HttpHeaders headers = new DefaultHttpHeaders();
    if (!accept.isEmpty()) {
      headers.set("Accept", accept);
    }

    int preferred = Accept.preferred(headers, TYPES);

    assertEquals(expected, List.of(Framing.LINES, Framing.EVENTS, Framing.ARRAY).get(preferred));
  }

  @Test
  void aMessageIsTakenOutOfItsEnvelope() throws Exception {
    byte[] content = at(1).toByteArray();
    assertArrayEquals(content, ConnectFrames.only(ConnectFrames.message(content), false, 100));
    assertArrayEquals(
        new byte[0], ConnectFrames.only(ConnectFrames.message(new byte[0]), false, 100));

    byte[] zipped = ConnectFrames.message(Deflation.deflate(content));
    zipped[0] = 1;
    assertArrayEquals(content, ConnectFrames.only(zipped, true, 100));
    assertThrows(MalformedQuery.class, () -> ConnectFrames.only(zipped, true, 3));
    assertThrows(MalformedQuery.class, () -> ConnectFrames.only(zipped, false, 100));
  }

  @ParameterizedTest
  @CsvSource({
    "''",
    "00",
    "00000000",
    "0000000001",
    "000000000000",
    "0200000000",
    "00FFFFFFFF",
    "007FFFFFFF01"
  })
  void whatIsNoEnvelopeWithOneMessageIsMalformed(String hex) {
    byte[] body = HexFormat.of().parseHex(hex);

    MalformedQuery mistake =
        assertThrows(MalformedQuery.class, () -> ConnectFrames.only(body, true, 100));

    assertTrue(mistake.problem().message().contains("envelope"), mistake.problem()::message);
  }
}
