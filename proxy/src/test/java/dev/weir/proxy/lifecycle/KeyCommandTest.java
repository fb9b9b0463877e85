package dev.weir.proxy.lifecycle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.config.ApiKey;
import dev.weir.proxy.config.Overrides;
import dev.weir.proxy.config.Places;
import dev.weir.proxy.config.Reading;
import dev.weir.proxy.config.SettingsReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From {@code weir key} to a tenant, by what it prints. */
final class KeyCommandTest {

  @TempDir private Path dir;

  private static List<String> key() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(
                java,
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.weir.proxy.Main",
                "key")
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    assertEquals(0, process.exitValue(), said);
    return said.lines().toList();
  }

  private static String starting(List<String> said, String with) {
    return said.stream().filter(line -> line.startsWith(with)).findFirst().orElseThrow();
  }

  @Test
  void theLineThatItPrintsKnowsTheKeyThatItPrints() throws Exception {
    List<String> said = key();
    Path config = dir.resolve("weir.yaml");
    Files.writeString(
        config, "callers: {tenants: [{name: rides, " + starting(said, "keys:") + "}]}\n");

    Reading read =
        SettingsReader.read(
            config,
            new Overrides(Path.of("a.osm.pbf"), null, null, null, null, null, false),
            new Places(null, dir));

    ApiKey key = Objects.requireNonNull(ApiKey.of(starting(said, "weir_")));
    assertEquals(
        List.of(key),
        assertInstanceOf(Reading.Accepted.class, read)
            .settings()
            .callers()
            .tenants()
            .getFirst()
            .keys());
    assertNotEquals(starting(said, "weir_"), starting(key(), "weir_"));
  }
}
