package dev.weir.proxy.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator changes by hand. */
final class AdjustmentTest {

  private static final Settings NOW = now();

  private static Settings now() {
    Reading read =
        SettingsReader.parse(
            """
            callers: {tenants: [{name: rides, keys: [secret-of-rides]}]}
            gate: {dry-run: [share]}
            """,
            new Overrides(Path.of("map.pbf"), null, null, null, null, null),
            Places.HERE);
    return assertInstanceOf(Reading.Accepted.class, read).settings();
  }

  private static Settings with(Map<String, String> wishes) {
    return assertInstanceOf(Reading.Accepted.class, Adjustment.apply(NOW, wishes)).settings();
  }

  @Test
  void changesWhatIsNamedAndNothingElse() {
    Settings next = with(Map.of("gate.max-queue-delay", "300ms", "gate.permits", "7"));

    assertEquals(Duration.ofMillis(300), next.gate().maxQueueDelay());
    assertEquals(
        List.of("gate.permits", "gate.max-queue-delay"), LiveKeys.between(NOW, next).live());
    assertEquals(NOW.callers(), next.callers());
    assertEquals(NOW, with(Map.of()));
  }

  @Test
  void readsListsWithCommas() {
    assertEquals(
        List.of(GateSettings.Rule.DEADLINE, GateSettings.Rule.SHARE),
        with(Map.of("gate.dry-run", "deadline, share")).gate().dryRun());
    assertEquals(List.of(), with(Map.of("gate.dry-run", "")).gate().dryRun());
  }

  @ParameterizedTest
  @CsvSource({
    "gate.max-queue-delay, soon, 'gate.max-queue-delay needs a duration, such as 300ms, 10s or 2m,"
        + " not soon'",
    "gate.permits, -1, 'gate.permits must be 0 to 1024, not -1'",
    "gate.dry-run, everything, 'gate.dry-run[0] needs a word: places or deadline or delay"
        + " or capacity or share, not everything'",
    "deadline.standard, 2h, 'deadline.standard must not be later than deadline.longest, 1m'",
    "http.port, 80, http.port is not a key that can be changed by hand",
    "callers.require-key, true, callers.require-key is not a key that can be changed by hand",
    "admin.token, x, admin.token is not a key that can be changed by hand",
    "no.such, x, no.such is not a key that can be changed by hand",
  })
  void saysInOneLineWhatIsWrong(String key, String value, String sentence) {
    Reading reading = Adjustment.apply(NOW, Map.of(key, value));

    List<ConfigError> errors = assertInstanceOf(Reading.Rejected.class, reading).errors();
    assertEquals(List.of(sentence), errors.stream().map(ConfigError::sentence).toList());
  }

  @Test
  void everyKeyThatIsOfferedTakesItsOwnValue() {
    List<Adjustment.Entry> entries = Adjustment.entries(NOW);

    assertTrue(entries.stream().anyMatch(entry -> entry.key().equals("gate.dry-run")));
    assertTrue(entries.stream().noneMatch(entry -> entry.key().startsWith("callers.")));
    for (Adjustment.Entry entry : entries) {
      assertEquals(NOW, with(Map.of(entry.key(), entry.value())), entry.key());
    }
  }
}
