package dev.weir.benchmarks.riders;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.weir.benchmarks.load.Places;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Files of a run. */
public final class Output {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final double MICROS_PER_MILLI = 1_000;

  private Output() {}

  /**
   * The directory for the files of a run, which is there afterwards.
   *
   * @param wanted null for one of its own below the build's
   */
  public static Path directory(@Nullable Path wanted, String command) throws IOException {
    String time = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString().replace(':', '-');
    Path directory = wanted == null ? new Places().report(command + "-" + time) : wanted;
    return Files.createDirectories(directory);
  }

  /** When and on what. */
  public static Map<String, String> conditions() {
    Map<String, String> conditions = new LinkedHashMap<>();
    conditions.put("At", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    conditions.put("Java", Runtime.version().toString());
    conditions.put(
        "Load average",
        String.format(
            Locale.ROOT,
            "%.1f at the end",
            ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
    return conditions;
  }

  /** And with which options. */
  static Map<String, String> conditions(Given given, List<String> more) {
    Map<String, String> conditions = conditions();
    conditions.put("Riders", Integer.toString(given.riders));
    conditions.put("Deadline", given.deadline.toMillis() + " ms");
    conditions.put("Asked for", given.mix);
    conditions.put("Tiers", given.tiers);
    conditions.put("Manners", given.clients + ", at most " + given.retries + " retries");
    conditions.put("Seed", Long.toString(given.seed));
    for (int i = 0; i + 1 < more.size(); i += 2) {
      conditions.put(more.get(i), more.get(i + 1));
    }
    return conditions;
  }

  /** Any value as JSON. */
  public static void json(Path file, Object value) throws IOException {
    JSON.writeValue(file.toFile(), value);
  }

  /**
   * The percentiles of a stage, in milliseconds, as HdrHistogram's own tools read them.
   *
   * @param prefix of the files' names
   * @param all by the rest of their names, in microseconds
   */
  public static void histograms(Path directory, String prefix, Map<String, Histogram> all)
      throws IOException {
    for (Map.Entry<String, Histogram> one : all.entrySet()) {
      Path file = directory.resolve(prefix + one.getKey() + ".hgrm");
      try (PrintStream out = new PrintStream(file.toFile(), StandardCharsets.UTF_8)) {
        one.getValue().outputPercentileDistribution(out, MICROS_PER_MILLI);
        if (out.checkError()) {
          throw new IOException("cannot write " + file);
        }
      }
    }
  }
}
