package dev.weir.proxy.transport.admin.profile;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.text.ParseException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.ObjectName;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import org.jspecify.annotations.Nullable;

/**
 * Makes recordings and dumps of this JVM, one at a time, on a thread of its own. What was made is
 * in a file without a name, which is gone when it is closed. Thread-safe.
 */
public final class Profiler implements AutoCloseable {

  /** They tell what was set for this process and others, passwords included. */
  private static final List<String> SECRETIVE =
      List.of("jdk.InitialEnvironmentVariable", "jdk.InitialSystemProperty", "jdk.SystemProcess");

  /** The longest recording. */
  public static final int MOST_SECONDS = 120;

  /** Of a recording; what is older is left out. */
  private static final long MOST_BYTES = 128L << 20;

  /** Of a histogram of the heap: classes further down hardly matter. */
  private static final int MOST_LINES = 204;

  private final ScheduledExecutorService worker =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().name("weir-profile").daemon().unstarted(task));
  private final AtomicBoolean busy = new AtomicBoolean();

  /**
   * What was made.
   *
   * @param file to be closed by whoever gets it
   */
  public record Made(FileChannel file, long bytes) {}

  /**
   * Records for so long. Whoever cancels the result ends the recording.
   *
   * @return {@code null} if something else is being made
   */
  public @Nullable CompletableFuture<Made> record(int seconds) {
    return busy.compareAndSet(false, true) ? begin(seconds) : null;
  }

  private CompletableFuture<Made> begin(int seconds) {
    CompletableFuture<Made> result = new CompletableFuture<>();
    worker.execute(
        () -> {
          try {
            Recording recording = start();
            ScheduledFuture<?> end =
                worker.schedule(() -> finish(recording, result), seconds, TimeUnit.SECONDS);
            var _ =
                result.whenComplete(
                    (_, _) -> {
                      if (result.isCancelled() && end.cancel(false)) {
                        worker.execute(() -> finish(recording, result));
                      }
                    });
          } catch (IOException | ParseException | RuntimeException | Error e) {
            busy.set(false);
            result.completeExceptionally(e);
          }
        });
    return result;
  }

  private static Recording start() throws IOException, ParseException {
    Recording recording = new Recording(Configuration.getConfiguration("profile"));
    try {
      SECRETIVE.forEach(recording::disable);
      recording.setMaxSize(MOST_BYTES);
      recording.start();
      return recording;
    } catch (RuntimeException | Error e) {
      recording.close();
      throw e;
    }
  }

  private void finish(Recording recording, CompletableFuture<Made> result) {
    busy.set(false);
    try (recording) {
      recording.stop();
      if (!result.isCancelled()) {
        hand(made("recording.jfr", recording::dump), result);
      }
    } catch (IOException | RuntimeException | Error e) {
      result.completeExceptionally(e);
    }
  }

  /**
   * All threads with what they do, virtual ones too.
   *
   * @return {@code null} if something else is being made
   */
  public @Nullable CompletableFuture<Made> threads() {
    return make(() -> made("threads.txt", Profiler::dumpThreads));
  }

  private static void dumpThreads(Path file) throws IOException {
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpThreads(file.toAbsolutePath().toString(), ThreadDumpFormat.TEXT_PLAIN);
  }

  /**
   * Classes by the memory of their objects, the largest first. Stops the world meanwhile.
   *
   * @param reachable whether to collect garbage before, which takes longer
   * @return {@code null} if something else is being made
   */
  public @Nullable CompletableFuture<Made> heap(boolean reachable) {
    return make(
        () -> {
          String histogram = histogram(reachable);
          return made("heap.txt", file -> Files.writeString(file, histogram));
        });
  }

  private static String histogram(boolean reachable) throws JMException {
    Object[] arguments = {reachable ? new String[0] : new String[] {"-all"}};
    String[] signature = {String[].class.getName()};
    Object told =
        ManagementFactory.getPlatformMBeanServer()
            .invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                "gcClassHistogram",
                arguments,
                signature);
    return String.valueOf(told)
        .lines()
        .limit(MOST_LINES)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private @Nullable CompletableFuture<Made> make(Callable<Made> how) {
    if (!busy.compareAndSet(false, true)) {
      return null;
    }
    CompletableFuture<Made> result = new CompletableFuture<>();
    worker.execute(
        () -> {
          try {
            Made made = how.call();
            busy.set(false);
            hand(made, result);
          } catch (Exception | Error e) {
            busy.set(false);
            result.completeExceptionally(e);
          }
        });
    return result;
  }

  /** Closes it where nobody wants it any more. */
  private static void hand(Made made, CompletableFuture<Made> result) throws IOException {
    if (!result.complete(made)) {
      made.file().close();
    }
  }

  /** Writes a file that must not exist yet. */
  @FunctionalInterface
  private interface Writer {
    void write(Path file) throws IOException;
  }

  private static Made made(String name, Writer content) throws IOException {
    Path directory = Files.createTempDirectory("weir-profile");
    Path file = directory.resolve(name);
    try {
      content.write(file);
      FileChannel open = FileChannel.open(file, StandardOpenOption.READ);
      return new Made(open, open.size());
    } finally {
      Files.deleteIfExists(file);
      Files.delete(directory);
    }
  }

  /** Ends what is being made. */
  @Override
  public void close() {
    worker.shutdownNow();
  }
}
