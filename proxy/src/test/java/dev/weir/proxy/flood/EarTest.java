package dev.weir.proxy.flood;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.proxy.flood.Script.Manner;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The invariants of a flood, each broken on purpose. */
final class EarTest {

  private static final String ROUTE_OF_TWO =
      "{\"paths\":[{\"snapped_waypoints\":{\"coordinates\":[[7.4,43.7],[7.5,43.8]]}}]}";
  private static final String REFUSAL =
      "{\"message\":\"no\",\"hints\":[{\"message\":\"no\",\"reason\":\"queue_full\","
          + "\"retry_after_ms\":1000}]}";

  private final Asks asks = new Asks(new SplittableRandom(1));
  private final Tally tally = new Tally();
  private final Ear polite = new Ear("ear", Manner.POLITE, tally);

  @Test
  void isContentWithOneAnswerOrRefusalForEachRequest() throws AnswerParser.Garbled {
    polite.expect(asks.speedRoute(2));
    polite.expect(asks.speedRoute(2));
    hear(answer("200 OK", ROUTE_OF_TWO));
    hear(answer("503 Busy\r\nRetry-After: 1", REFUSAL));
    assertComplaints();
    assertEquals(2, tally.of(Tally.What.ANSWERED_FOR_WORKERS));
    assertEquals(1, tally.of("reason queue_full"));
  }

  @Test
  void complainsOfASecondAnswer() throws AnswerParser.Garbled {
    polite.expect(asks.speedRoute(2));
    hear(answer("200 OK", ROUTE_OF_TWO));
    hear(answer("200 OK", ROUTE_OF_TWO));
    assertComplaints("ear: heard what it did not ask for: 200 " + ROUTE_OF_TWO);
  }

  @Test
  void complainsOfTheAnswerToAnotherRequest() throws AnswerParser.Garbled {
    polite.expect(asks.speedRoute(3));
    hear(answer("200 OK", ROUTE_OF_TWO));
    assertComplaints("ear: ROUTE answered by 200 " + ROUTE_OF_TWO);
  }

  @Test
  void complainsOfARefusalThatSaysNeitherWhyNorWhenToComeAgain() throws AnswerParser.Garbled {
    polite.expect(asks.speedRoute(3));
    polite.expect(asks.speedRoute(3));
    hear(answer("503 Busy", REFUSAL));
    hear(answer("503 Busy\r\nRetry-After: 1", "{\"message\":\"no\"}"));
    assertComplaints(
        "ear: ROUTE answered by 503 " + REFUSAL, "ear: ROUTE answered by 503 {\"message\":\"no\"}");
  }

  @Test
  void complainsOfAConnectionClosedBeforeTheAnswer() {
    polite.expect(asks.speedRoute(3));
    polite.closed("closed");
    assertComplaints("ear: closed with 1 unanswered, told: false");
    assertEquals(1, tally.of(Tally.What.CLOSED_UNANSWERED));
  }

  @Test
  void complainsOfAFaultWhateverWasSent() throws AnswerParser.Garbled {
    Ear garbling = new Ear("garbling", Manner.GARBLING, tally);
    garbling.hear(bytes(answer("500 Fault", "{}")));
    assertComplaints("garbling: heard what it did not ask for: 500 {}");
  }

  private void hear(String bytes) throws AnswerParser.Garbled {
    polite.hear(bytes(bytes));
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String answer(String status, String body) {
    return "HTTP/1.1 " + status + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
  }

  private void assertComplaints(String... complaints) {
    assertEquals(List.of(complaints), tally.complaints());
  }
}
