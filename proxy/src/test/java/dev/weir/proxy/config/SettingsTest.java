package dev.weir.proxy.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.weir.routing.EngineSettings.Elevation;
import dev.weir.routing.EngineSettings.ProfileSettings;
import dev.weir.routing.InvalidSetting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsTest {

  @Test
  void cannotBeMadeInvalid() {
    refuses("gate.permits", () -> GateSettings.standard().with(gate -> gate.permits = -1));
    refuses("gate.max-queue", () -> GateSettings.standard().with(gate -> gate.maxQueue = 0));
    refuses("deadline.standard", () -> new DeadlineSettings(ms(2), ms(1)));
    refuses("deadline.longest", () -> new DeadlineSettings(ms(1), ms(-1)));
    refuses("breaker.minimum-calls", () -> new BreakerSettings(1, ms(1), 1, 5, 6, ms(1), 1));
    refuses("warm-up.at-most", () -> new WarmUpSettings(ms(-1), 1));
    refuses("admin.host", () -> new AdminSettings("a b", 1, ""));
    refuses("elevation.tiles", () -> new Elevation(null, Path.of("x")));
    refuses(
        "name",
        () ->
            new ProfileSettings(
                "Car", List.of("car.json"), false, -1, true, true, ProfileKeys.CAR.caps()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "::1", "localhost"})
  void needsNoTokenOnLoopback(String host) {
    assertEquals("", new AdminSettings(host, 0, "").token());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1", "admin.example"})
  void needsATokenElsewhere(String host) {
    refuses("admin.token", () -> new AdminSettings(host, 0, ""));
    assertEquals("secret", new AdminSettings(host, 0, "secret").token());
  }

  private static Duration ms(long millis) {
    return Duration.ofMillis(millis);
  }

  private static void refuses(String setting, Executable making) {
    String named = assertThrows(InvalidSetting.class, making).setting();
    assertEquals(setting.substring(setting.length() - named.length()), named);
  }
}
