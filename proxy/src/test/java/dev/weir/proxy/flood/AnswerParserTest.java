package dev.weir.proxy.flood;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AnswerParserTest {

  @Test
  void readsOneAnswerAfterTheOtherHoweverTheyArrive() throws AnswerParser.Garbled {
    String stream =
        "HTTP/1.1 200 OK\r\n"
            + "Content-Length: 5\r\n\r\n"
            + "helloHTTP/1.1 503 Busy\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n"
            + "3\r\n"
            + "abc\r\n"
            + "2\r\n"
            + "de\r\n"
            + "0\r\n\r\n"
            + "HTTP/1.1 404 No\r\n"
            + "Connection: close\r\n"
            + "Content-Length: 0\r\n\r\n";
    AnswerParser parser = new AnswerParser();
    List<Heard> heard = new ArrayList<>();
    for (byte b : stream.getBytes(StandardCharsets.US_ASCII)) {
      parser.feed(ByteBuffer.wrap(new byte[] {b}));
      Heard next = parser.next();
      if (next != null) {
        heard.add(next);
      }
    }
    assertEquals(List.of("hello", "abcde", ""), heard.stream().map(Heard::text).toList());
    assertEquals(List.of(200, 503, 404), heard.stream().map(Heard::status).toList());
    assertTrue(heard.getLast().last());
    assertTrue(parser.between());
  }

  @Test
  void isNotBetweenAnswersWhileOneIsIncomplete() throws AnswerParser.Garbled {
    AnswerParser parser = parserOf("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell");
    assertNull(parser.next());
    assertEquals(false, parser.between());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n",
        "{\"message\":\"the rest of something\"}\r\n"
      })
  void refusesWhatIsNoAnswer(String garbled) {
    assertThrows(AnswerParser.Garbled.class, () -> parserOf(garbled).next());
  }

  private static AnswerParser parserOf(String bytes) {
    AnswerParser parser = new AnswerParser();
    parser.feed(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.US_ASCII)));
    return parser;
  }
}
