package dev.weir.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts of operators, against a server that notes what it is asked. */
final class ScriptsTest {

  private static final Path SCRIPTS =
      Path.of(Objects.requireNonNull(System.getProperty("weir.chaos-scripts")));

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile int status = 200;
  private final HttpServer server = start();

  private record Ended(int code, String output) {}

  private HttpServer start() {
    try {
      HttpServer started =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      started.createContext("/", this::answer);
      started.start();
      return started;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
    byte[] body = "what the server says\n".getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private Ended run(String script, String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of("sh", SCRIPTS.resolve(script).toString()));
    command.addAll(List.of(options));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("WEIR_ADMIN", "http://127.0.0.1:" + server.getAddress().getPort());
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(30, TimeUnit.SECONDS), "it does not end");
    return new Ended(process.exitValue(), output);
  }

  @Test
  void causesAFaultWithWhatIsToBeSet() throws Exception {
    Ended ended = run("engine-latency.sh", "--factor", "10", "--for", "30");
    assertEquals(new Ended(0, "what the server says\n"), ended);
    assertEquals(List.of("POST /chaos/engine-latency?factor=10&for=30"), asked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "engine-latency",
        "engine-errors",
        "engine-hang",
        "cpu-theft",
        "heap-pressure",
        "stall",
        "clock-jump",
        "disk-full"
      })
  void everyFaultHasAScriptThatEndsIt(String fault) throws Exception {
    assertTrue(Files.isExecutable(SCRIPTS.resolve(fault + ".sh")));
    assertEquals(0, run(fault + ".sh", "--stop").code());
    assertEquals(List.of("DELETE /chaos/" + fault), asked);
  }

  @Test
  void saysInOneLineWhatIsWrong() throws Exception {
    status = 404;
    Ended ended = run("stall.sh");
    assertEquals(1, ended.code());
    assertTrue(ended.output().contains("start the server with --chaos"), ended.output());
    status = 400;
    assertEquals(new Ended(1, "fault.sh: what the server says\n"), run("stall.sh"));
    assertEquals(2, run("stall.sh", "--millis").code());
    assertEquals(2, run("stall.sh", "--millis", "a&b").code());
    assertEquals(2, run("fault.sh").code());
    assertEquals(2, run("freeze.sh", "x", "1").code());
    assertEquals(2, run("cpu-quota.sh", "x", "50", "1").code());
    assertEquals(2, run("cpu-quota.sh", "1", "0", "1").code());
  }
}
