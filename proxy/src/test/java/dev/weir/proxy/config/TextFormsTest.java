package dev.weir.proxy.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TextFormsTest {

  @ParameterizedTest
  @ValueSource(strings = {"0s", "1ns", "999us", "300ms", "10s", "90s", "2m", "24h"})
  void printsDurationsAsTheyWereWritten(String text) {
    assertEquals(text, DurationText.print(DurationText.parse(text)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10", "s", "-1s", "1.5s", "10 s", "1d", "1S", "9999999999999s"})
  void refusesOtherDurations(String text) {
    assertThrows(IllegalArgumentException.class, () -> DurationText.parse(text));
  }

  @Test
  void printsDurationsInTheLargestUnitWithoutRest() {
    assertEquals("1h", DurationText.print(Duration.ofHours(1)));
    assertEquals("61m", DurationText.print(Duration.ofMinutes(61)));
    assertEquals("1m", DurationText.print(DurationText.parse("60s")));
    assertEquals("1500ms", DurationText.print(Duration.ofMillis(1500)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0B", "1B", "1000B", "16KiB", "1MiB", "3GiB", "1TiB"})
  void printsSizesAsTheyWereWritten(String text) {
    assertEquals(text, SizeText.print(SizeText.parse(text)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "KiB", "1KB", "1 MiB", "-1B", "1.5MiB", "1mib", "12345678901"})
  void refusesOtherSizes(String text) {
    assertThrows(IllegalArgumentException.class, () -> SizeText.parse(text));
  }

  @Test
  void readsPlainNumbersAsBytes() {
    assertEquals(512, SizeText.parse("512"));
  }
}
