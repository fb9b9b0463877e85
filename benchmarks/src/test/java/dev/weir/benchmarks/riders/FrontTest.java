package dev.weir.benchmarks.riders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.benchmarks.load.Contender;
import dev.weir.benchmarks.load.ServerProcess;
import dev.weir.benchmarks.load.TinyServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FrontTest {
  @TempDir private Path directory;

  private static Front front(String name) {
    return Front.ALL.stream().filter(f -> f.name().equals(name)).findFirst().orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"haproxy", "haproxy-short", "nginx"})
  void everyWordOfTheTemplateIsFilledIn(String name) throws IOException {
    String config =
        front(name)
            .configuration(
                Map.of("{port}", "1", "{backend}", "2", "{connections}", "3", "{directory}", "/d"));
    String comments = config.replaceAll("(?m)^\\s*#.*$", "");
    assertFalse(comments.matches("(?s).*\\{[a-z]+}.*"), comments);
    assertTrue(config.contains("127.0.0.1:1 "));
    assertTrue(config.contains("127.0.0.1:2"));
  }

  @Test
  void onlyTheShortQueueRefusesAtOnce() throws IOException {
    assertTrue(Front.HAPROXY_SHORT.configuration(Map.of()).contains("deny_status 503"));
    assertFalse(Front.HAPROXY.configuration(Map.of()).contains("deny_status"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"haproxy", "haproxy-short", "nginx"})
  void whereItIsInstalledItStartsAndPassesAnswersOn(String name) throws Exception {
    Path program = front(name).program();
    assumeTrue(program != null, name + " is not installed");
    assertStarts(front(name), program);
  }

  private void assertStarts(Front front, @org.jspecify.annotations.Nullable Path program)
      throws Exception {
    if (program == null) {
      return;
    }
    try (TinyServer behind = new TinyServer(path -> TinyServer.response("200 OK", path))) {
      Contender before = front.before(behind.address().getPort(), program, directory, 100);
      Rival rival = new Rival(front.name(), List.of(before), List.of(), Protocol.HTTP1, 1);
      try {
        rival.start();
        assertEquals("/health", ServerProcess.get(rival.host().address(), "/health"));
        assertEquals(1, rival.host().pids().size());
        assertTrue(rival.host().memoryMib() > 0);
      } finally {
        rival.close();
      }
    }
  }
}
