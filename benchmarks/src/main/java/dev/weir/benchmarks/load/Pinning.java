package dev.weir.benchmarks.load;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Who runs where: servers on the first processor, the generator on the second. Without that they
 * take time from each other and the figures mean nothing.
 */
public final class Pinning {
  private static final List<String> ON_FIRST = List.of("taskset", "-c", "0");
  private static final long PATIENCE_SECONDS = 5;

  private final int processors = Runtime.getRuntime().availableProcessors();
  private final boolean works;

  /** Moves this process, all its threads, to the second processor. */
  public Pinning() throws InterruptedException {
    String self = Long.toString(ProcessHandle.current().pid());
    works = processors > 1 && succeeds(List.of("taskset", "-a", "-c", "-p", "1", self));
  }

  /** Words in front of a server's command. */
  public List<String> server() {
    return works ? ON_FIRST : List.of();
  }

  /** Those there were before this process was confined to one. */
  public int processors() {
    return processors;
  }

  public boolean works() {
    return works;
  }

  private static boolean succeeds(List<String> command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
