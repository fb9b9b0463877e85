package dev.weir.benchmarks.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class VerdictTest {
  private static final long OBJECTIVE_NANOS = 500_000_000;

  @Test
  void aRouteInTimeIsGood() {
    assertEquals(Verdict.GOOD, Verdict.of(200, true, OBJECTIVE_NANOS, OBJECTIVE_NANOS));
  }

  @Test
  void aRouteAfterTheObjectiveIsLate() {
    assertEquals(Verdict.LATE, Verdict.of(200, true, OBJECTIVE_NANOS + 1, OBJECTIVE_NANOS));
  }

  @Test
  void anOkWithoutARouteIsAnError() {
    assertEquals(Verdict.ERROR, Verdict.of(200, false, 1, OBJECTIVE_NANOS));
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503, 504})
  void saysThatTheServerRefusedHoweverLongItTook(int status) {
    assertEquals(Verdict.REFUSED, Verdict.of(status, false, OBJECTIVE_NANOS * 2, OBJECTIVE_NANOS));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 204, 400, 404, 500, 502})
  void everythingElseIsAnError(int status) {
    assertEquals(Verdict.ERROR, Verdict.of(status, true, 1, OBJECTIVE_NANOS));
  }
}
