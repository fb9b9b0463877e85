package dev.weir.proxy.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.TestSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as an operator's supervisor sees it: a process that takes signals. */
final class ServeProcessTest {

  private static final Pattern READY = Pattern.compile("Weir is ready on http://[^ ]*:(\\d+)");
  private static final Pattern HEALTH = Pattern.compile("http://[^ ]*:(\\d+)/health/ready");

  private static final Pattern WELCOMED = Pattern.compile("^Stop it:()");

  /** Of something, not of the port alone. */
  private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s',/]+/[^\\s']*");

  private static final Pattern READ_AGAIN =
      Pattern.compile("\"configuration read again: changed deadline.standard, log.format()\"");

  @TempDir private Path dir;

  @Test
  void exitsWithZeroWhenAskedToStop() throws Exception {
    Process process = start();
    try (BufferedReader lines = process.inputReader()) {
      List<String> said = new ArrayList<>();
      int httpPort = port(READY, lines, said);
      int adminPort = port(HEALTH, lines, said);
      assertEquals(200, Callers.get(adminPort, "/health/ready").statusCode());
      try (Callers callers = new Callers(httpPort)) {
        assertEquals(200, callers.route().get(30, TimeUnit.SECONDS).statusCode());
        process.toHandle().destroy(); // that of the process would close its output too
        assertTrue(process.waitFor(30, TimeUnit.SECONDS), "it goes on");
      }
      lines.lines().forEach(said::add);
      assertEquals(0, process.exitValue(), () -> "it said " + said);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void everyAddressThatItTellsAnswers() throws Exception {
    Process process = start();
    try (BufferedReader lines = process.inputReader();
        HttpClient client = HttpClient.newHttpClient()) {
      List<String> said = new ArrayList<>();
      port(WELCOMED, lines, said);
      List<String> told =
          ADDRESS.matcher(String.join("\n", said)).results().map(MatchResult::group).toList();
      for (String place : List.of("/route?", "/maps/", "/health/ready", "/metrics")) {
        assertTrue(
            told.stream().anyMatch(each -> each.contains(place)), () -> place + " in " + said);
      }
      for (String address : told) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), () -> address + ": " + answer.body());
      }
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void readsItsFileAgainWhenItsTerminalHangsUp() throws Exception {
    Process process = start();
    try (BufferedReader lines = process.inputReader()) {
      List<String> said = new ArrayList<>();
      int adminPort = port(HEALTH, lines, said);
      Files.writeString(
          config(), "warm-up: {at-most: 0s}\ndeadline: {standard: 3s}\nlog: {format: json}\n");
      hangUp(process);
      port(READ_AGAIN, lines, said);

      assertTrue(Callers.get(adminPort, "/config").body().contains("standard: 3s"));
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void saysInOneLineWhatIsWrongWithItsCertificate() throws Exception {
    Files.writeString(config(), "http: {tls: {certificate: none.pem, key: none-key.pem}}\n");
    Process process = serve();
    try (BufferedReader lines = process.inputReader()) {
      assertEquals(
          List.of("weir: http.tls.certificate: none.pem does not exist"), lines.lines().toList());
      assertTrue(process.waitFor(30, TimeUnit.SECONDS));
      assertEquals(1, process.exitValue());
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void checksItsSettingsWithoutStarting() throws Exception {
    Files.writeString(config(), "gate: {permits: 3}\n");
    assertEquals(List.of("the settings have no mistake"), checked(0));

    Files.writeString(config(), "gate: {permit: 3}\nlog: {access: 7}\n");
    assertEquals(2, checked(1).size());

    Files.writeString(config(), "http: {tls: {certificate: none.pem, key: none-key.pem}}\n");
    assertEquals(List.of("weir: http.tls.certificate: none.pem does not exist"), checked(1));
  }

  /** What it says, if it ends so. */
  private List<String> checked(int exit) throws Exception {
    Process process = serve("--check");
    try (BufferedReader lines = process.inputReader()) {
      List<String> said = lines.lines().toList();
      assertTrue(process.waitFor(30, TimeUnit.SECONDS));
      assertEquals(exit, process.exitValue(), said::toString);
      return said;
    } finally {
      process.destroyForcibly();
    }
  }

  private static void hangUp(Process process) throws Exception {
    String pid = Long.toString(process.pid());
    assertEquals(0, new ProcessBuilder("kill", "-HUP", pid).start().waitFor());
  }

  private Path config() {
    return dir.resolve("weir.yaml");
  }

  private Process start() throws IOException {
    Files.writeString(config(), "warm-up:\n  at-most: 0s\n");
    return serve();
  }

  private Process serve(String... more) throws IOException {
    Path config = config();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.weir.proxy.Main"));
    command.addAll(List.of("serve", "--config", config.toString()));
    command.addAll(List.of("--map", TestSettings.map().toString(), "--http-port", "0"));
    command.addAll(
        List.of(
            "--admin-port",
            "0",
            "--grpc-port",
            "0",
            "--graph-dir",
            dir.resolve("graph").toString()));
    command.addAll(List.of(more));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  /** Reads on until a line names the port, or is the one waited for. */
  private static int port(Pattern pattern, BufferedReader lines, List<String> said)
      throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      said.add(line);
      Matcher matcher = pattern.matcher(line);
      if (matcher.find()) {
        return matcher.group(1).isEmpty() ? 0 : Integer.parseInt(matcher.group(1));
      }
    }
    throw new AssertionError("it ended and said " + said);
  }
}
