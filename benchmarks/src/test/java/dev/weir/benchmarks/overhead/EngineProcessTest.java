package dev.weir.benchmarks.overhead;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.benchmarks.city.SmallCity;
import dev.weir.benchmarks.load.LoadException;
import java.io.IOException;
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
    }
    ProcessHandle.of(engine.pid()).ifPresent(process -> process.onExit().join());
  }

  @Test
  void anEngineThatDoesNotStartIsOneSentence() {
    Path none = directory.resolve("none.osm.pbf");
    LoadException wrong = assertThrows(LoadException.class, () -> start(none).close());
    assertTrue(String.valueOf(wrong.getMessage()).startsWith("the engine alone gave up, see "));
  }
}
