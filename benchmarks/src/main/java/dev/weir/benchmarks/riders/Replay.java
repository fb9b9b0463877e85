package dev.weir.benchmarks.riders;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a load from lines {@code seconds,rate}: so many requests per second for so long, one after
 * the other. Empty lines, lines that begin with {@code #} and a heading {@code seconds,rate} are
 * passed over.
 */
final class Replay {
  private static final String HEADING = "seconds,rate";
  private static final int MOST_LINES = 100_000;
  private static final double MOST_SECONDS = 86_400;
  private static final double MOST_PER_SECOND = 1_000_000;

  private Replay() {}

  /**
   * @throws IOException with one sentence that names file and line if something is wrong
   */
  static Shape read(Path file) throws IOException {
    List<Shape.Leg> legs = new ArrayList<>();
    double seconds = 0;
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (number > MOST_LINES) {
          throw new IOException(file + " has more than " + MOST_LINES + " lines");
        }
        String text = line.strip();
        if (!text.isEmpty() && !text.startsWith("#") && !text.equalsIgnoreCase(HEADING)) {
          Shape.Leg leg = leg(text, file + " line " + number);
          seconds += leg.seconds();
          legs.add(leg);
        }
        if (seconds > MOST_SECONDS) {
          throw new IOException(file + " line " + number + ": longer than a day");
        }
      }
    } catch (MalformedInputException e) {
      throw new IOException(file + " is no text");
    }
    return shape(file, legs);
  }

  private static Shape shape(Path file, List<Shape.Leg> legs) throws IOException {
    if (legs.stream().noneMatch(leg -> leg.expected() > 0)) {
      throw new IOException(file + " has no line with a rate above 0");
    }
    return new Shape(legs);
  }

  private static Shape.Leg leg(String text, String where) throws IOException {
    String[] fields = text.split(",", -1);
    if (fields.length != 2) {
      throw new IOException(where + ": must be seconds,rate");
    }
    double seconds = number(fields[0], where, "seconds", 0.001, MOST_SECONDS);
    double rate = number(fields[1], where, "rate", 0, MOST_PER_SECOND);
    return new Shape.Leg(Duration.ofNanos((long) (seconds * 1e9)), rate, rate);
  }

  private static double number(String text, String where, String name, double least, double most)
      throws IOException {
    try {
      double value = Double.parseDouble(text.strip());
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new IOException(
        where + ": " + name + " must be a number from " + least + " to " + (long) most);
  }
}
