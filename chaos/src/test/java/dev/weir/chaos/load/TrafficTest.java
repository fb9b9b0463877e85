package dev.weir.chaos.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.chaos.report.Timeline;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of requests is told as it was, by a server that does what the test says. */
final class TrafficTest {

  private static final Question QUESTION = new Question("/x", "{\"took\":0,\"a\":1}");

  private final Timeline timeline = new Timeline();

  /** Asks one after the other until there is such an end, or fails after long. */
  private void asks(String answer, Fate expected) throws IOException {
    try (ScriptedServer server = new ScriptedServer(answer);
        Traffic traffic =
            Traffic.http(
                server.address(),
                List.of(QUESTION),
                Manner.calm(Duration.ofSeconds(10)),
                timeline,
                1)) {
      traffic.keep(1);
      Await.until(() -> timeline.count(expected) > 0);
      for (Fate fate : Fate.values()) {
        assertTrue(fate == expected || timeline.count(fate) == 0, fate + " came as well");
      }
    }
  }

  private static String answer(int status, String body) {
    return "HTTP/1.1 %d OK\r\nContent-Length: %d\r\n\r\n%s".formatted(status, body.length(), body);
  }

  @Test
  void theAnswerOfCalmTimesIsGoodWhateverItTook() throws IOException {
    asks(answer(200, "{\"took\":17,\"a\":1}"), Fate.GOOD);
  }

  @Test
  void anotherAnswerIsWrong() throws IOException {
    asks(answer(200, "{\"took\":17,\"a\":2}"), Fate.WRONG);
  }

  @Test
  void anAnswerThatEndsTooSoonIsTruncated() throws IOException {
    asks(
        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"took\"" + ScriptedServer.HANG_UP,
        Fate.TRUNCATED);
  }

  @Test
  void aRefusalIsARefusal() throws IOException {
    asks(answer(503, "no"), Fate.REFUSED);
  }

  @Test
  void anyOtherStatusIsAFailure() throws IOException {
    asks(answer(500, "no"), Fate.FAILED);
  }

  @Test
  void aConnectionThatEndsWithoutAnAnswerIsCut() throws IOException {
    asks(ScriptedServer.HANG_UP, Fate.CUT);
  }

  @Test
  void anAnswerThatNobodyAskedForIsCounted() throws IOException {
    String twice = answer(200, "{\"took\":1,\"a\":1}").repeat(2);
    try (ScriptedServer server = new ScriptedServer(twice);
        Traffic traffic =
            Traffic.http(
                server.address(),
                List.of(QUESTION),
                Manner.calm(Duration.ofSeconds(10)),
                timeline,
                1)) {
      traffic.offer(20);
      Await.until(() -> timeline.surpluses() > 0);
    }
  }

  @Test
  void whoeverGivesUpHangsUp() throws IOException {
    try (ScriptedServer silent = new ScriptedServer("");
        Traffic traffic =
            Traffic.http(
                silent.address(),
                List.of(QUESTION),
                new Manner(4, Duration.ofMillis(50), Duration.ofMillis(100), 0),
                timeline,
                1)) {
      traffic.offer(100);
      Await.until(() -> timeline.count(Fate.UNANSWERED) > 4);
      Await.until(() -> timeline.count(Fate.UNSENT) > 0);
    }
  }

  @Test
  void whoeverRetriesAsksSoManyTimesMore() throws IOException {
    try (ScriptedServer server = new ScriptedServer(answer(503, "no"));
        Traffic traffic =
            Traffic.http(
                server.address(),
                List.of(QUESTION),
                Manner.calm(Duration.ofSeconds(10)).retrying(3),
                timeline,
                1)) {
      traffic.keep(1);
      Await.until(() -> server.asked() >= 4);
      traffic.keep(0);
      Await.until(() -> server.asked() % 4 == 0 && timeline.count(Fate.REFUSED) == server.asked());
    }
    assertEquals(0, timeline.count(Fate.REFUSED) % 4);
  }
}
