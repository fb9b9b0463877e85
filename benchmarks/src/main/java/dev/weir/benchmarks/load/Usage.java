package dev.weir.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.StringTokenizer;

/**
 * Processor time used so far, by whom. Two of them, apart in time, make a {@link Share}.
 *
 * @param atNanos of {@link System#nanoTime}
 * @param server the server under load
 * @param rivals the other servers, which should be idle
 * @param stealTicks time in which the hypervisor gave our processors to others; 0 where unknown
 * @param allTicks time of all processors
 */
public record Usage(
    long atNanos, Duration server, Duration rivals, long stealTicks, long allTicks) {
  private static final Path PROC_STAT = Path.of("/proc/stat");

  /** Steal is the last field to count: those after it are contained in the first two. */
  private static final int STEAL_FIELD = 8;

  static Usage now(ServerProcess server, List<ServerProcess> rivals) {
    Duration resting =
        rivals.stream().map(ServerProcess::cpu).reduce(Duration.ZERO, Duration::plus);
    return now(server.cpu(), resting);
  }

  /** At this moment, by what server and rivals have used since they were started. */
  public static Usage now(Duration server, Duration rivals) {
    long steal = 0;
    long all = 0;
    StringTokenizer fields = new StringTokenizer(cpuLine());
    for (int i = 0; fields.hasMoreTokens() && i <= STEAL_FIELD; i++) {
      String field = fields.nextToken();
      long ticks = i == 0 ? 0 : Long.parseLong(field);
      all += ticks;
      steal += i == STEAL_FIELD ? ticks : 0;
    }
    return new Usage(System.nanoTime(), server, rivals, steal, all);
  }

  private static String cpuLine() {
    try (var lines = Files.lines(PROC_STAT)) {
      return lines.findFirst().orElse("");
    } catch (IOException e) {
      return "";
    }
  }

  public Share since(Usage before) {
    double nanos = atNanos - before.atNanos;
    long ticks = allTicks - before.allTicks;
    return new Share(
        100 * server.minus(before.server).toNanos() / nanos,
        100 * rivals.minus(before.rivals).toNanos() / nanos,
        ticks == 0 ? 0 : 100.0 * (stealTicks - before.stealTicks) / ticks);
  }

  /** Percent of one processor; steal in percent of all processors. */
  public record Share(double serverPercent, double rivalsPercent, double stealPercent) {}
}
