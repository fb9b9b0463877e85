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

  private static final String CHUNKS = String.join("\r\n", "3", "abc", "2", "de", "0", "", "");

  @Test
  void readsOneAnswerAfterTheOtherHoweverTheyArrive() throws AnswerParser.Garbled {
    List<String> answers =
        List.of(
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
            "HTTP/1.1 503 Busy\r\nTransfer-Encoding: chunked\r\n\r\n" + CHUNKS,
            "HTTP/1.1 404 No\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    AnswerParser parser = new AnswerParser();
    List<Heard> heard = new ArrayList<>();
    for (byte b : String.join("", answers).getBytes(StandardCharsets.US_ASCII)) {
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
