package dev.weir.proxy.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.proxy.config.DeadlineSettings;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a caller waits. */
final class TimeLimitTest {

  private final TimeLimit limit =
      new TimeLimit(() -> new DeadlineSettings(Duration.ofSeconds(5), Duration.ofSeconds(30)));

  @ParameterizedTest
  @CsvSource({
    ", , 5000",
    "100, , 100",
    ", 100, 100",
    "100, 200, 100",
    "200, 100, 100",
    "20000, , 20000",
    ", 20000, 20000",
    "99999, , 30000",
    ", 99999, 30000",
    "999999999999999999999999, , 30000",
    "0, , 0",
    ", 0, 0",
    ", -1, 0",
    ", abc, 5000",
    ", 1.5, 5000",
    ", -x, 5000",
    "100, abc, 100"
  })
  void takesTheSoonerOfTwoWishesWithinTheMaximum(String header, String query, long millis) {
    assertEquals(TimeUnit.MILLISECONDS.toNanos(millis), limit.nanos(header, query));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "-1", "+1", "1.0", "1 000", "x", "99999999999999999999x"})
  void doesNotGuessWhatAHeaderMeans(String header) {
    assertEquals(TimeLimit.UNREADABLE, limit.nanos(header, null));
  }

  @Test
  void neverWaitsLongerThanTheMaximumByDefault() {
    TimeLimit odd =
        new TimeLimit(() -> new DeadlineSettings(Duration.ofSeconds(5), Duration.ofSeconds(5)));

    assertEquals(TimeUnit.SECONDS.toNanos(5), odd.nanos(null, null));
  }
}
