package dev.weir.benchmarks.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ClosedLoopTest {
  private static final Requests REQUESTS = Requests.of(List.of("/sea", "/land", "/lake", "/town"));

  private final Rig rig = new Rig(2);

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void tellsWhichRequestsHaveARoute() throws Exception {
    ClosedLoop.Outcome outcome = run(REQUESTS.size(), Duration.ofSeconds(30));
    BitSet routed = new BitSet();
    routed.set(1);
    routed.set(3);
    assertEquals(routed, outcome.routed());
    assertEquals(4, outcome.answered());
    assertEquals(2, outcome.good());
    assertEquals(25.0, outcome.bytesPerRoute());
    assertEquals(2, REQUESTS.only(routed).size());
  }

  @Test
  void stopsWhenItsTimeIsOver() throws Exception {
    ClosedLoop.Outcome outcome = run(Long.MAX_VALUE, Duration.ofSeconds(2));
    assertTrue(outcome.answered() > 4);
    assertTrue(outcome.goodPerSecond() > 0);
  }

  @Test
  void doesNotWaitForeverForASilentServer() throws Exception {
    try (TinyServer server = new TinyServer(path -> TinyServer.SILENCE)) {
      ClosedLoop.Outcome outcome = run(server, Long.MAX_VALUE, Duration.ofMillis(50));
      assertEquals(0, outcome.answered());
    }
  }

  private ClosedLoop.Outcome run(long atMost, Duration time) throws Exception {
    try (TinyServer server =
        new TinyServer(
            path ->
                path.endsWith("land") || path.endsWith("town")
                    ? TinyServer.ROUTE
                    : TinyServer.response("400 Bad Request", "{}"))) {
      return run(server, atMost, time);
    }
  }

  private ClosedLoop.Outcome run(TinyServer server, long atMost, Duration time) throws Exception {
    return rig.calm(new Http1(rig, server.address(), 3, REQUESTS), atMost, time);
  }
}
