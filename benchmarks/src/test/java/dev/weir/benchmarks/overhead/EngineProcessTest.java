package dev.weir.benchmarks.overhead;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.benchmarks.city.SmallCity;
import dev.weir.benchmarks.load.LoadException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EngineProcessTest {
  private static final List<String> JAVA =
      List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m");

  @TempDir private Path directory;

  private EngineProcess start(Path map) throws IOException {
    return EngineProcess.start(
        JAVA, map, directory, 20, 1, Duration.ofMillis(100), directory.resolve("engine.log"));
  }

  @Test
  void theEngineDrawsQuestionsAndAnswersThemUntilItIsClosed() throws Exception {
    EngineProcess engine = start(SmallCity.write(directory));
    try (engine) {
      assertEquals(20, engine.questions().size());
      assertEquals(20, new HashSet<>(engine.questions()).size());
      engine.questions().forEach(Way::request);
      assertTrue(engine.run(Duration.ofMillis(100)) > 0);
      assertTrue(engine.run(Duration.ofMillis(1)) > 0);
      assertTrue(asked(engine, "/once", "/twice").endsWith("aaa\"}"));
    }
    ProcessHandle.of(engine.pid()).ifPresent(process -> process.onExit().join());
  }

  /** All that the bare server says to two requests that arrive together. */
  private static String asked(EngineProcess engine, String... targets) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(engine.address());
      for (String target : targets) {
        socket.getOutputStream().write(("GET " + target + " HTTP/1.1\r\n\r\n").getBytes(US_ASCII));
      }
      BufferedReader in =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
      return read(in) + read(in);
    }
  }

  private static String read(BufferedReader in) throws IOException {
    assertEquals("HTTP/1.1 200 OK", in.readLine());
    int length = 0;
    for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
      length = line.startsWith("content-length: ") ? Integer.parseInt(line.substring(16)) : length;
    }
    char[] body = new char[length];
    for (int read = 0; read < length; ) {
      read += in.read(body, read, length - read);
    }
    assertTrue(new String(body).startsWith("{\"route\":"));
    return new String(body);
  }

  @Test
  void anEngineThatDoesNotStartIsOneSentence() {
    Path none = directory.resolve("none.osm.pbf");
    LoadException wrong = assertThrows(LoadException.class, () -> start(none).close());
    assertTrue(String.valueOf(wrong.getMessage()).startsWith("the engine alone gave up, see "));
  }
}
