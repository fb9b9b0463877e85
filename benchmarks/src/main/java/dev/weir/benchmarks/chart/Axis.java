package dev.weir.benchmarks.chart;

import java.util.ArrayList;
import java.util.List;

/**
 * One direction of a diagram.
 *
 * @param label what it is, with its unit
 * @param from the value at its beginning; above 0 if logarithmic
 * @param to the value at its end
 * @param marks values that are written beside it
 * @param suffix behind each of them
 */
public record Axis(
    String label, double from, double to, boolean logarithmic, List<Double> marks, String suffix) {
  private static final int LINES = 4;
  private static final double LEAST = 1e-3;
  private static final double[] NICE = {1, 2, 3, 4, 5, 6, 8, 10};

  public Axis {
    marks = List.copyOf(marks);
  }

  /** From 0 to a round value at or above {@code most}. */
  public static Axis upTo(String label, double most) {
    return exactlyUpTo(label, niceAbove(most));
  }

  /** From 0 to {@code most}. */
  public static Axis exactlyUpTo(String label, double most) {
    List<Double> marks = new ArrayList<>();
    for (int i = 0; i <= LINES; i++) {
      marks.add(most * i / LINES);
    }
    return new Axis(label, 0, most, false, marks, "");
  }

  /** Powers of ten around positive values. */
  public static Axis powersOfTen(String label, double least, double most) {
    double from = Math.pow(10, Math.floor(Math.log10(Math.max(least, LEAST))));
    double to = Math.pow(10, Math.ceil(Math.log10(Math.max(most, 10 * from))));
    List<Double> marks = new ArrayList<>();
    for (double mark = from; mark <= to * 1.01; mark *= 10) {
      marks.add(mark);
    }
    return new Axis(label, from, to, true, marks, "");
  }

  /** A round number of which a quarter is, too. */
  private static double niceAbove(double value) {
    double power = Math.pow(10, Math.floor(Math.log10(Math.max(value, LEAST))));
    double nice = power;
    for (int i = 0; nice < value && i < NICE.length; i++) {
      nice = NICE[i] * power;
    }
    return nice;
  }

  /** Where a value lies, 0 for the beginning and 1 for the end; no value lies outside. */
  double part(double value) {
    if (to <= from) {
      return 0.5;
    }
    double part =
        logarithmic
            ? Math.log(Math.max(value, from) / from) / Math.log(to / from)
            : (value - from) / (to - from);
    return Math.clamp(part, 0.0, 1.0);
  }
}
