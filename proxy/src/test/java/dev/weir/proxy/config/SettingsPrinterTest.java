package dev.weir.proxy.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SettingsPrinterTest {

  @Test
  void printsWhatTheReaderReadsBack() {
    Settings settings =
        read(
            """
            map: {file: "odd \\" name\\n.osm.pbf"}
            http: {port: 0, idle-timeout: 1500us, max-body: 1000B}
            gate: {large-reserve: 0.5}
            warm-up: {at-most: 0s, seed: -9223372036854775808}
            log: {format: json}
            brownout: {output: [], estimate: [batch], detour: 1.25, speeds: [{profile: van}]}
            callers: {anonymous: {priority: sheddable}}
            engine:
              encoded-values: [surface, "über"]
              elevation: {provider: srtm, tiles: /tiles}
              profiles:
                - {name: car, turn-costs: true, u-turn-cost: 0, caps: {area-vertices: 3}}
                - {name: foot, hybrid-mode: false}
            """);

    assertEquals(settings, read(SettingsPrinter.print(settings)));
  }

  @Test
  void masksSecretsAndTheReaderRefusesTheMask() {
    String text = SettingsPrinter.print(read("map: {file: a}\nadmin: {token: hushhush}"));

    assertFalse(text.contains("hush"));
    assertTrue(text.contains("token: \"***\""), text);
    assertEquals(
        List.of("admin.token"),
        assertInstanceOf(
                Reading.Rejected.class, SettingsReader.parse(text, Overrides.NONE, Places.HERE))
            .errors()
            .stream()
            .map(ConfigError::key)
            .toList());
  }

  @Test
  void masksTheKeysOfTenants() {
    String text =
        SettingsPrinter.print(
            read("map: {file: a}\ncallers: {tenants: [{name: rides, keys: [hushhush]}]}"));

    assertFalse(text.contains("hush"));
    assertTrue(text.contains("keys: [\"***\"]"), text);
    assertInstanceOf(
        Reading.Rejected.class, SettingsReader.parse(text, Overrides.NONE, Places.HERE));
  }

  @Test
  void printsEveryKey() {
    String text = SettingsPrinter.print(read("map: {file: a}"));

    for (Key<?, ?> key : SettingsKeys.SCHEMA.keys()) {
      String last = key.name().substring(key.name().lastIndexOf('.') + 1);
      assertTrue(text.contains(last + ":"), key.name());
    }
  }

  private static Settings read(String yaml) {
    Reading reading = SettingsReader.parse(yaml, Overrides.NONE, Places.HERE);
    if (reading instanceof Reading.Rejected rejected) {
      throw new AssertionError(rejected.errors() + "\n" + yaml);
    }
    return assertInstanceOf(Reading.Accepted.class, reading).settings();
  }
}
