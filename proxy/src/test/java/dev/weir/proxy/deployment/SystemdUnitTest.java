package dev.weir.proxy.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.config.Settings;
import dev.weir.proxy.published.Program;
import dev.weir.proxy.published.Program.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unit of systemd, as systemd reads it and as the settings want it. */
final class SystemdUnitTest {

  private static final Path UNIT = Path.of("../config/systemd/weir.service");

  /** Of 100, by systemd's own count of what a service could do to its machine. */
  private static final int MOST_EXPOSED = 20;

  /** What a server takes at the end beyond the time for what runs. */
  private static final int LAST_STEPS_SECONDS = 2;

  @TempDir private Path directory;

  private static String value(String key) throws IOException {
    List<String> values =
        Files.readAllLines(UNIT).stream()
            .filter(line -> line.startsWith(key + "="))
            .map(line -> line.substring(key.length() + 1))
            .toList();
    assertEquals(1, values.size(), key);
    return values.getFirst();
  }

  /** The unit with programs that are on this machine, so that only what it says is looked at. */
  private String installed() throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Path unit = directory.resolve("weir.service");
    Files.writeString(
        unit, Files.readString(UNIT).replace("/opt/weir/java/bin/java", java.toString()));
    return unit.toString();
  }

  private Result analyze(String... arguments) throws Exception {
    return Program.run(directory, arguments);
  }

  @Test
  void systemdHasNothingToComplainOf() throws Exception {
    Program.required("systemd-analyze", "--version");
    Result result = analyze("systemd-analyze", "verify", "--man=no", installed());

    assertEquals(new Result(0, ""), result);
  }

  @Test
  void systemdFindsItConfined() throws Exception {
    Program.required("systemd-analyze", "--version");
    Result result =
        analyze(
            "systemd-analyze",
            "security",
            "--offline=true",
            "--no-pager",
            "--threshold=" + MOST_EXPOSED,
            installed());

    assertEquals(0, result.exit(), result.output());
  }

  @Test
  void waitsForWhatRunsToBeFinished() throws IOException {
    Settings standard = ChartTest.standard();
    long drainSeconds = standard.drainTimeout().toSeconds();

    assertTrue(Integer.parseInt(value("TimeoutStopSec")) >= drainSeconds + LAST_STEPS_SECONDS);
  }

  @Test
  void hasAFileForEachConnection() throws IOException {
    Settings standard = ChartTest.standard();
    int connections = standard.http().maxConnections() + standard.grpc().maxConnections();

    assertTrue(Integer.parseInt(value("LimitNOFILE")) > connections);
  }

  @Test
  void startsJavaWithTheFlagsOfAllWaysToStart() throws IOException {
    String text = Files.readString(UNIT).replace("\\\n", "");

    assertTrue(text.contains("ExecStart=/opt/weir/java/bin/java @/opt/weir/app/java.flags "));
    assertTrue(text.contains("-Dweir.state-dir=/var/lib/" + value("StateDirectory") + " "));
    assertEquals("/bin/kill -HUP $MAINPID", value("ExecReload"));
  }
}
