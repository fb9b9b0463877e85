package dev.weir.proxy.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Refusal.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When those come back who have nothing left for today. */
final class LongWaitsTest {

  private final List<Integer> made = new ArrayList<>();

  private LongWaits<Integer> waits(int later) {
    return new LongWaits<>(
        millis -> {
          made.add(millis);
          return millis;
        },
        _ -> later);
  }

  @Test
  void theyAreToldTheWholeSecondAfterThatOrOneOfTheMinuteBehindIt() {
    assertEquals(3_600_000, waits(0).next(Duration.ofMillis(3_599_001)));
    assertEquals(3_659_000, waits(59).next(Duration.ofHours(1)));
    assertEquals(86_400_000, waits(0).next(Duration.ofDays(300)));
  }

  @Test
  void whoAsksInTheSameSecondGetsWhatIsMadeAlready() {
    LongWaits<Integer> waits = waits(0);
    for (int i = 0; i < 1_000; i++) {
      waits.next(Duration.ofMillis(7_200_000 - i % 900));
    }
    waits.next(Duration.ofSeconds(7_199));

    assertEquals(List.of(7_200_000, 7_199_000), made);
  }

  @Test
  void onlyQuotasMakeAnybodyWaitForLong() {
    Duration hour = Duration.ofHours(1);

    assertTrue(LongWaits.isLong(new Refusal(Reason.QUOTA_EXHAUSTED, hour)));
    assertFalse(LongWaits.isLong(new Refusal(Reason.QUOTA_EXHAUSTED, Duration.ofMinutes(1))));
    assertFalse(LongWaits.isLong(new Refusal(Reason.QUEUE_FULL, hour)));
  }
}
