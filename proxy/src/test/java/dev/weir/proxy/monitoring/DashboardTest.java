package dev.weir.proxy.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class DashboardTest {

  static final Path FILE = Path.of("..", "config", "grafana", "weir.json");

  @Test
  void theFileIsWhatIsMadeOfTheCode() throws IOException {
    String expected = GrafanaJson.of(Dashboard.rows());
    if (System.getProperty("weir.write.documents") != null) {
      Files.writeString(FILE, expected);
    }

    assertEquals(expected, Files.readString(FILE));
  }
}
