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
 * Makes recordings and dumps of this JVM on a thread of its own, one at a time: the next one when
 * the last one is closed. What was made is in a file without a name, which is gone by then.
 * Thread-safe.
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

  /** What was made, to be closed by whoever gets it. */
  public final class Made implements AutoCloseable {

    private final FileChannel file;
    private final AtomicBoolean open = new AtomicBoolean(true);

    private Made(FileChannel file) {
      this.file = file;
    }

    public FileChannel file() {
      return file;
    }

    /** Makes room for the next one; further calls do nothing. */
    @Override
    public void close() throws IOException {
      if (open.compareAndSet(true, false)) {
        try {
          file.close();
        } finally {
          busy.set(false);
        }
      }
    }
  }

  /**
   * Records for so long. Whoever cancels the result ends the recording.
   *
   * @return {@code null} if something else is being made, or not closed yet
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
    try (recording) {
      recording.stop();
      if (result.isCancelled()) {
        busy.set(false);
      } else {
        hand(made("recording.jfr", recording::dump), result);
      }
    } catch (IOException | RuntimeException | Error e) {
      busy.set(false);
      result.completeExceptionally(e);
    }
  }

  /**
   * All threads with what they do, virtual ones too.
   *
   * @return {@code null} if something else is being made, or not closed yet
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
   * @return {@code null} if something else is being made, or not closed yet
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
            hand(how.call(), result);
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
      made.close();
    }
  }

  /** Writes a file that must not exist yet. */
  @FunctionalInterface
  private interface Writer {
    void write(Path file) throws IOException;
  }

  private Made made(String name, Writer content) throws IOException {
    Path directory = Files.createTempDirectory("weir-profile");
    Path file = directory.resolve(name);
    try {
      content.write(file);
      return new Made(FileChannel.open(file, StandardOpenOption.READ));
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
