package dev.weir.proxy.transport.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.Traced;
import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.proxy.transport.NoLeaks;
import dev.weir.proxy.transport.Spread;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Refusals are built before they are needed. */
@ExtendWith(NoLeaks.class)
final class RefusalsTest {

  private final Refusals refusals = new Refusals(_ -> 0);

  private Canned of(Reason reason, long millis) {
    return refusals.of(new Refusal(reason, Duration.ofMillis(millis)), Shape.GRAPHHOPPER);
  }

  private static String text(Canned canned) {
    Encoded encoded =
        canned.encode(
            "now".getBytes(UTF_8),
            new Envelope(
                RequestHead.unreadable(Traced.ANY, 0),
                true,
                false,
                UnpooledByteBufAllocator.DEFAULT));
    String text = encoded.bytes().toString(UTF_8);
    encoded.bytes().release();
    return text;
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, 1000",
    "1, 1, 100",
    "100, 1, 100",
    "101, 1, 150",
    "1000, 1, 1000",
    "1001, 2, 1500",
    "4001, 5, 5000",
    "60000, 60, 60000",
    "600000, 60, 60000"
  })
  void roundsTheTimeToWaitUp(long wish, int seconds, int millis) {
    String text = text(of(Reason.QUEUE_FULL, wish));

    assertTrue(text.contains("\r\nRetry-After: " + seconds + "\r\n"), text);
    assertTrue(text.contains("\"retry_after_ms\":" + millis + "}"), text);
  }

  @Test
  void spreadsCallersOverTheNextStepsAndNeverAsksThemBackSooner() {
    Refusals late = new Refusals(bound -> bound - 1);
    Refusal wish = new Refusal(Reason.QUEUE_FULL, Duration.ofSeconds(1));

    String text = text(late.of(wish, Shape.GRAPHHOPPER));
    assertTrue(text.contains("\r\nRetry-After: 2\r\n"), text);
    assertTrue(text.contains("\"retry_after_ms\":2000}"), text);
    assertSame(
        late.of(new Refusal(Reason.QUEUE_FULL, Duration.ofMinutes(1)), Shape.GRAPHHOPPER),
        late.of(new Refusal(Reason.QUEUE_FULL, Duration.ofMinutes(10)), Shape.GRAPHHOPPER));
  }

  @Test
  void spreadsEvenly() {
    int[] counts = new int[3];
    Spread spread = new Spread(42);
    for (int i = 0; i < 3_000; i++) {
      counts[spread.applyAsInt(3)]++;
    }
    for (int count : counts) {
      assertTrue(Math.abs(count - 1_000) <= 3, () -> Arrays.toString(counts));
    }
  }

  @Test
  void asksWhoNeedsAKeyForOneAndNotToComeBack() {
    String text = text(of(Reason.KEY_REQUIRED, 1_000));

    assertTrue(text.startsWith("HTTP/1.1 401 Unauthorized\r\n"), text);
    assertTrue(text.contains("\r\nWWW-Authenticate: Bearer\r\n"), text);
    assertTrue(!text.contains("Retry-After") && !text.contains("retry_after_ms"), text);
  }

  @Test
  void tellsWhoBringsABadTokenThatItIsTheToken() {
    String text = text(of(Reason.TOKEN_INVALID, 1_000));

    assertTrue(text.startsWith("HTTP/1.1 401 Unauthorized\r\n"), text);
    assertTrue(text.contains("\r\nWWW-Authenticate: Bearer error=\"invalid_token\"\r\n"), text);
    assertTrue(!text.contains("Retry-After"), text);
  }

  @Test
  void doesNotAskToComeBackWhereThatMakesNoSense() {
    for (Reason late : List.of(Reason.EXPIRED_IN_QUEUE, Reason.TOO_LATE)) {
      String text = text(of(late, 0));

      assertTrue(text.startsWith("HTTP/1.1 504 Gateway Timeout\r\n"), text);
      assertTrue(!text.contains("Retry-After") && !text.contains("retry_after_ms"), text);
    }
  }

  @Test
  void buildsNothingWhenItRefuses() {
    assertSame(of(Reason.OVER_SHARE, 700), of(Reason.OVER_SHARE, 999));
  }

  @Test
  void countsItsOwnBytes() {
    for (Reason reason : Reason.values()) {
      String text = text(of(reason, 1_000));
      int body = text.indexOf("\r\n\r\n") + 4;
      assertTrue(text.contains("\r\nContent-Length: " + (text.length() - body) + "\r\n"), text);
      assertEquals(1, text.split("Date: now\r\n", -1).length - 1);
    }
  }
}
