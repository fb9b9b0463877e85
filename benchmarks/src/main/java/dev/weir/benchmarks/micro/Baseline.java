package dev.weir.benchmarks.micro;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the benchmarks from an earlier run: a line for each, with its ratio to the
 * reference, by how much that may be off, and the bytes it allocates. Immutable.
 */
final class Baseline {

  /** Of a benchmark that is saved for the first time; on machines of other kinds ratios differ. */
  static final double TOLERANCE = 0.5;

  private static final String HEADER = "benchmark,ratio,tolerance,bytes,bytes tolerance";
  private static final Pattern COMMA = Pattern.compile(",");

  private final Map<String, Entry> entries;

  /**
   * @param tolerance 0.5 for half as much again, or that much less
   * @param bytes per operation
   * @param bytesTolerance 0 where every operation allocates the same: not a byte may be off
   */
  record Entry(double ratio, double tolerance, double bytes, double bytesTolerance) {

    /** Less than that is what the measuring itself allocates. */
    private static final double HALF_A_BYTE = 0.5;

    Verdict judge(Score score) {
      if (Math.abs(score.bytes() - bytes) >= HALF_A_BYTE + bytes * bytesTolerance) {
        return score.bytes() > bytes ? Verdict.MORE_BYTES : Verdict.FEWER_BYTES;
      }
      if (score.ratio() > ratio * (1 + tolerance)) {
        return Verdict.SLOWER;
      }
      return score.ratio() < ratio / (1 + tolerance) ? Verdict.FASTER : Verdict.SAME;
    }
  }

  /** How a score compares with what was known. */
  enum Verdict {
    SAME,
    SLOWER,
    /** By more than its tolerance: time to save it. */
    FASTER,
    MORE_BYTES,
    FEWER_BYTES,
    /** Nothing was known of it. */
    NEW,
    /** It is known and was not run. */
    MISSING
  }

  Baseline(Map<String, Entry> entries) {
    this.entries = new LinkedHashMap<>(entries);
  }

  /**
   * @throws IOException if it is not there, or not a baseline
   */
  static Baseline read(Path file) throws IOException {
    if (!Files.isReadable(file)) {
      throw new IOException("there is no baseline " + file + "; --save makes one");
    }
    Map<String, Entry> entries = new LinkedHashMap<>();
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).equals(HEADER)) {
        add(entries, lines.get(i), file + ", line " + (i + 1));
      }
    }
    return new Baseline(entries);
  }

  private static void add(Map<String, Entry> entries, String line, String where)
      throws IOException {
    String[] cells = COMMA.split(line, -1);
    try {
      entries.put(
          cells[0],
          new Entry(
              Double.parseDouble(cells[1]),
              Double.parseDouble(cells[2]),
              Double.parseDouble(cells[3]),
              Double.parseDouble(cells[4])));
    } catch (ArrayIndexOutOfBoundsException | NumberFormatException e) {
      throw new IOException(where + ": must be " + HEADER, e);
    }
  }

  @Nullable Entry of(Score score) {
    return entries.get(score.benchmark());
  }

  Verdict judge(Score score) {
    Entry entry = of(score);
    return entry == null ? Verdict.NEW : entry.judge(score);
  }

  /** What is known and was not run. */
  List<String> missing(List<Score> scores) {
    List<String> missing = new ArrayList<>(entries.keySet());
    scores.forEach(score -> missing.remove(score.benchmark()));
    return missing;
  }

  /** The same with these scores; tolerances stay as they are. */
  Baseline with(List<Score> scores) {
    Map<String, Entry> all = new LinkedHashMap<>(entries);
    for (Score score : scores) {
      Entry known = of(score);
      double tolerance = known == null ? TOLERANCE : known.tolerance();
      double bytesTolerance = known == null ? 0 : known.bytesTolerance();
      all.put(
          score.benchmark(), new Entry(score.ratio(), tolerance, score.bytes(), bytesTolerance));
    }
    return new Baseline(all);
  }

  /** The same without benchmarks that are gone. */
  Baseline without(List<String> names) {
    Map<String, Entry> rest = new LinkedHashMap<>(entries);
    rest.keySet().removeAll(names);
    return new Baseline(rest);
  }

  void write(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(HEADER);
    entries.forEach(
        (name, entry) ->
            lines.add(
                String.format(
                    Locale.ROOT,
                    "%s,%.4g,%.2f,%.0f,%.2f",
                    name,
                    entry.ratio(),
                    entry.tolerance(),
                    entry.bytes(),
                    entry.bytesTolerance())));
    Files.write(file, lines);
  }
}
