package dev.weir.proxy.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.config.Overrides;
import dev.weir.proxy.config.Places;
import dev.weir.proxy.config.Reading;
import dev.weir.proxy.config.Settings;
import dev.weir.proxy.config.SettingsReader;
import dev.weir.proxy.published.Program;
import dev.weir.proxy.published.Program.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The document about deploying, by what it says to type. Its values are in {@link ChartTest}. */
final class DeployingDocumentTest {

  private static final Pattern OURS =
      Pattern.compile("(?<![\\w/.])(?:\\./)?((?:config|\\.ci)/[\\w./-]+|mvnw|weir(?= ))");

  @TempDir private Path directory;

  private Settings accepted(Path config) {
    Overrides map = new Overrides(Path.of("map.osm.pbf"), null, null, null, null, null);
    Reading reading = SettingsReader.read(config, map, Places.HERE);
    return assertInstanceOf(Reading.Accepted.class, reading, reading::toString).settings();
  }

  @Test
  void commandsAreThoseOfAShellAndNameFilesThatThereAre() throws Exception {
    assertFalse(DeployingDocument.blocks("sh").isEmpty());
    for (String block : DeployingDocument.blocks("sh")) {
      Result result = Program.run(directory, "sh", "-n", "-c", block);
      assertEquals(new Result(0, ""), result, block);
      Matcher file = OURS.matcher(block);
      while (file.find()) {
        assertTrue(Files.exists(Path.of("..", file.group(1))), file::group);
      }
    }
  }

  @Test
  void theSettingsForAContainerAreMadeAsItSaysAndAccepted() throws Exception {
    Program.required("openssl", "version");
    Result made =
        Program.run(directory, "sh", "-e", "-c", DeployingDocument.commandsBefore("docker run"));
    assertEquals(0, made.exit(), made.output());

    Path deploy = directory.resolve("deploy");
    Path config = deploy.resolve("weir.yaml");
    Files.writeString(config, Files.readString(config).replace("/etc/weir", deploy.toString()));
    Settings settings = accepted(config);
    assertTrue(settings.callers().requireKey());
    assertEquals(Files.readString(deploy.resolve("admin-token")).strip(), settings.admin().token());
  }

  @Test
  void theSettingsForSystemdAreAccepted() throws Exception {
    Path config = directory.resolve("weir.yaml");
    Files.writeString(config, DeployingDocument.part("systemctl enable", "echo '([^']*)'"));

    assertEquals(Path.of("/var/lib/weir/graph"), accepted(config).engine().graphDir());
  }

  @Test
  void containersAreGivenTheTimeThatDrainingTakes() {
    int seconds = Integer.parseInt(DeployingDocument.part("docker run", "--stop-timeout ([0-9]+)"));

    assertTrue(seconds >= ChartTest.standard().drainTimeout().toSeconds() + 2);
  }
}
