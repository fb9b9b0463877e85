package dev.weir.proxy.transport.admin.profile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.flood.Eventually;
import dev.weir.proxy.transport.admin.profile.Profiler.Made;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks into the JVM of the tests. */
final class ProfilerTest {

  private final Profiler profiler = new Profiler();
  @TempDir private Path directory;

  @AfterEach
  void stop() {
    profiler.close();
  }

  private static byte[] read(@Nullable CompletableFuture<Made> making) throws Exception {
    assertNotNull(making);
    try (Made made = making.get(60, TimeUnit.SECONDS)) {
      return Channels.newInputStream(made.file()).readAllBytes();
    }
  }

  @Test
  void listsVirtualThreadsToo() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    Thread waiting =
        Thread.ofVirtual()
            .name("waits-for-the-test")
            .start(
                () -> {
                  try {
                    end.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    try {
      Eventually.holds("it waits", () -> waiting.getState() == Thread.State.WAITING);
      String dump = new String(read(profiler.threads()), UTF_8);

      assertTrue(dump.contains("\"waits-for-the-test\" virtual"), dump);
      assertTrue(dump.contains("\"weir-profile\""), dump);
    } finally {
      end.countDown();
    }
  }

  @Test
  void countsWhatIsInTheHeapAndKeepsToTheLargest() throws Exception {
    List<String> lines =
        new String(read(profiler.heap(false)), UTF_8).lines().filter(l -> !l.isBlank()).toList();

    assertTrue(lines.size() <= 204, () -> lines.size() + " lines");
    assertTrue(lines.stream().anyMatch(line -> line.contains("[B")), lines::toString);
  }

  @Test
  void recordsWhatTheJvmDoes() throws Exception {
    byte[] recording = read(profiler.record(1));

    Path file = directory.resolve("recording.jfr");
    Files.write(file, recording);
    List<RecordedEvent> events = RecordingFile.readAllEvents(file);
    assertTrue(
        events.stream().anyMatch(each -> each.getEventType().getName().startsWith("jdk.")),
        () -> events.size() + " events");
  }

  @Test
  void makesOneThingAtATimeAndStopsWhenNobodyWaitsAnyMore() throws Exception {
    CompletableFuture<Made> first = profiler.record(Profiler.MOST_SECONDS);
    assertNotNull(first);
    assertNull(profiler.threads());
    assertNull(profiler.record(1));

    first.cancel(false);

    Eventually.holds("it is free again", this::freeAgain);
  }

  @Test
  void makesTheNextThingWhenTheLastOneIsClosed() throws Exception {
    CompletableFuture<Made> first = profiler.threads();
    assertNotNull(first);
    try (Made made = first.get(60, TimeUnit.SECONDS)) {
      assertNull(profiler.heap(false));
      made.close();
      CompletableFuture<Made> next = profiler.heap(false);
      assertNotNull(next);
      made.close(); // does not close the next one
      assertNull(profiler.threads());
      next.get(60, TimeUnit.SECONDS).close();
    }

    assertTrue(freeAgain());
  }

  private boolean freeAgain() throws IOException {
    CompletableFuture<Made> next = profiler.threads();
    if (next == null) {
      return false;
    }
    next.join().close();
    return true;
  }
}
