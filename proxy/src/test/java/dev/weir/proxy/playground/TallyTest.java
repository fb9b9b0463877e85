package dev.weir.proxy.playground;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.path.FloodSwitch.Report;
import dev.weir.proxy.path.Refusal.Reason;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TallyTest {

  private final Tally tally = new Tally();

  private Report report() {
    return tally.report(false, 1, "", 0);
  }

  @Test
  void whatIsAnsweredAfterHalfASecondIsLate() {
    tally.answered(200, "", Duration.ofMillis(500).toNanos());
    tally.answered(200, "", Duration.ofMillis(501).toNanos());

    assertEquals(1, report().good());
    assertEquals(1, report().late());
  }

  @Test
  void refusalsAreCountedByReasonAndWhatIsNoneAsAFailure() {
    for (Reason reason : Reason.values()) {
      tally.answered(503, "{\"hints\":[{\"reason\":\"" + reason.code() + "\"}]}", 1_000_000);
    }
    tally.answered(503, "{\"hints\":[{\"reason\":\"queue_full\"}]}", 1_000_000);
    tally.answered(500, "{\"message\":\"a fault\"}", 1);
    tally.answered(503, "{\"reason\":\"made_up\"}", 1);

    assertEquals(2, report().failed());
    assertEquals(Reason.values().length, report().refused().size());
    assertEquals(2, report().refused().get("queue_full"));
    assertEquals(1, report().refusalP99Millis(), 0.1);
    assertEquals(Map.of(), new Tally().report(false, 1, "", 0).refused());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 50, 900, 123_456, 59_000_000})
  void timesAreToldToATwelfth(long micros) {
    Latencies times = new Latencies();
    for (int i = 0; i < 99; i++) {
      times.add(micros * 1_000);
    }
    times.add(Long.MAX_VALUE);

    double millis = micros / 1_000.0;
    double told = times.quantileMillis(0.99);
    assertTrue(told >= millis && told <= millis * 1.0801, () -> told + " for " + millis);
    assertEquals(told, times.quantileMillis(0.01));
    assertTrue(times.quantileMillis(1) > 900_000);
    assertEquals(0, new Latencies().quantileMillis(0.5));
  }
}
