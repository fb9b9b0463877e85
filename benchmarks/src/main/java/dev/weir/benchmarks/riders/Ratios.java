package dev.weir.benchmarks.riders;

import dev.weir.benchmarks.load.Comparison.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Weir over each rival. A ratio is taken within a pair, between neighbours in time, and only then
 * are those of all pairs put together. A stage in which the generator may have been the bottleneck
 * is left out.
 */
final class Ratios {

  /** What is compared. */
  enum Figure {
    /** Good answers per second. */
    GOOD("good answers/s"),
    /** Good answers per second that did without nothing that was asked for. */
    FULL("good answers/s, in full"),
    /** Median latency of good answers. */
    MEDIAN("p50 of good answers, ms"),
    /** 99th percentile of good answers. */
    TAIL("p99 of good answers, ms"),
    /** 99th percentile of refusals. */
    REFUSAL("p99 of refusals, ms"),
    /** Resident memory with all riders connected. */
    MEMORY("resident memory, MiB");

    private final String title;

    Figure(String title) {
      this.title = title;
    }

    /** With its unit. */
    String title() {
      return title;
    }

    /** Null where there is none, as the latency of no answer. */
    @Nullable Double of(Outcome outcome) {
      double value =
          switch (this) {
            case GOOD -> outcome.goodPerSecond();
            case FULL -> outcome.fullPerSecond();
            case MEDIAN -> outcome.good().p50Millis();
            case TAIL -> outcome.good().p99Millis();
            case REFUSAL -> outcome.shed().p99Millis();
            case MEMORY -> outcome.peakMemoryMib();
          };
      boolean rate = this == GOOD || this == FULL;
      return rate || value > 0 ? (Double) value : null;
    }
  }

  /** A figure of Weir over that of a rival. */
  record Ratio(String rival, Figure figure, Spread spread) {}

  /** A figure of one server. */
  record Absolute(String server, Figure figure, Spread spread) {}

  private Ratios() {}

  /** Those there are, rival by rival. */
  static List<Ratio> of(List<Outcome> stages, String subject) {
    List<Ratio> ratios = new ArrayList<>();
    for (String rival : servers(stages)) {
      for (Figure figure : Figure.values()) {
        List<Double> all =
            rival.equals(subject) ? List.of() : ratios(stages, subject, rival, figure);
        if (!all.isEmpty()) {
          ratios.add(new Ratio(rival, figure, Spread.over(all)));
        }
      }
    }
    return ratios;
  }

  /** Those there are, server by server. */
  static List<Absolute> absolute(List<Outcome> stages) {
    List<Absolute> absolute = new ArrayList<>();
    for (String server : servers(stages)) {
      for (Figure figure : Figure.values()) {
        List<Double> all =
            stages.stream()
                .filter(o -> o.label().server().equals(server) && o.claim().holds())
                .map(figure::of)
                .filter(Objects::nonNull)
                .toList();
        if (!all.isEmpty()) {
          absolute.add(new Absolute(server, figure, Spread.over(all)));
        }
      }
    }
    return absolute;
  }

  static List<String> servers(List<Outcome> stages) {
    return stages.stream().map(o -> o.label().server()).distinct().toList();
  }

  private static List<Double> ratios(
      List<Outcome> stages, String subject, String rival, Figure figure) {
    List<Double> ratios = new ArrayList<>();
    for (Outcome theirs : stages) {
      if (theirs.label().server().equals(rival) && theirs.claim().holds()) {
        Double other = figure.of(theirs);
        Double ours = value(stages, subject, theirs.label().pair(), figure);
        if (ours != null && other != null && other > 0) {
          ratios.add(ours / other);
        }
      }
    }
    return ratios;
  }

  private static @Nullable Double value(
      List<Outcome> stages, String server, int pair, Figure figure) {
    for (Outcome o : stages) {
      if (o.label().server().equals(server) && o.label().pair() == pair && o.claim().holds()) {
        return figure.of(o);
      }
    }
    return null;
  }
}
