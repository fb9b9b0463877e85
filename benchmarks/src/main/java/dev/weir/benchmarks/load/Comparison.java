package dev.weir.benchmarks.load;

import dev.weir.benchmarks.load.Measurement.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the stages of all pairs say. Ratios are taken within a pair, between neighbours in time, and
 * only then put together: a machine that is slower for a minute is slower for both. A figure that
 * rests on a stage in which the generator may have been the bottleneck is left out and counted.
 *
 * @param peakPerSecond good answers per second at the best offered rate, by server
 * @param peakRatio Weir's peak over the stock server's in the same pair
 * @param retention good answers in a flood over those at the own best rate right before it, by
 *     server
 * @param refusedP99Millis in a flood, since refused requests were due, by server
 * @param disowned stages in which the generator did not keep up
 */
public record Comparison(
    Map<String, Spread> peakPerSecond,
    @Nullable Spread peakRatio,
    Map<String, Spread> retention,
    Map<String, Spread> refusedP99Millis,
    long disowned) {

  static Comparison of(List<Measurement> stages) {
    Map<String, Spread> peaks = new LinkedHashMap<>();
    Map<String, Spread> retentions = new LinkedHashMap<>();
    Map<String, Spread> refusals = new LinkedHashMap<>();
    for (String server : stages.stream().map(Measurement::server).distinct().toList()) {
      List<Figures> own = figures(stages, server);
      put(peaks, server, own.stream().flatMap(f -> Stream.ofNullable(f.peak())));
      put(retentions, server, own.stream().flatMap(f -> f.retention().stream()));
      put(refusals, server, own.stream().flatMap(f -> f.refusedP99Millis().stream()));
    }
    long disowned = stages.stream().filter(s -> !s.generatorKeptUp()).count();
    return new Comparison(peaks, peakRatio(stages), retentions, refusals, disowned);
  }

  /** Good answers per second in the best step of the ladder; 0 if there is none. */
  static double peak(List<Measurement> stages) {
    return stages.stream()
        .filter(stage -> stage.role() == Role.STEP)
        .mapToDouble(Measurement::goodPerSecond)
        .max()
        .orElse(0);
  }

  private static @Nullable Spread peakRatio(List<Measurement> stages) {
    List<Double> ratios = new ArrayList<>();
    for (Figures weir : figures(stages, Contender.WEIR)) {
      for (Figures stock : figures(stages, Contender.STOCK)) {
        Double ours = weir.peak();
        Double theirs = stock.peak();
        if (weir.pair() == stock.pair() && ours != null && theirs != null && theirs > 0) {
          ratios.add(ours / theirs);
        }
      }
    }
    return ratios.isEmpty() ? null : Spread.over(ratios);
  }

  private static List<Figures> figures(List<Measurement> stages, String server) {
    List<Measurement> own = stages.stream().filter(s -> s.server().equals(server)).toList();
    return own.stream()
        .map(Measurement::pair)
        .distinct()
        .map(pair -> Figures.of(pair, own.stream().filter(s -> s.pair() == pair).toList()))
        .toList();
  }

  private static void put(Map<String, Spread> to, String server, Stream<Double> figures) {
    List<Double> all = figures.toList();
    if (!all.isEmpty()) {
      to.put(server, Spread.over(all));
    }
  }

  /**
   * What may be claimed from one turn: nothing that rests on a stage in which the generator did not
   * keep up.
   *
   * @param retention of each flood, compared with the reference right before it
   */
  private record Figures(
      int pair, @Nullable Double peak, List<Double> retention, List<Double> refusedP99Millis) {

    private static Figures of(int pair, List<Measurement> turn) {
      boolean ladderFit =
          turn.stream().filter(s -> s.role() == Role.STEP).allMatch(Measurement::generatorKeptUp);
      List<Double> retention = new ArrayList<>();
      List<Double> refused = new ArrayList<>();
      Measurement reference = null;
      for (Measurement stage : turn) {
        if (stage.role() == Role.REFERENCE) {
          reference = stage;
        } else if (stage.role() == Role.FLOOD && stage.generatorKeptUp()) {
          if (reference != null && reference.generatorKeptUp() && reference.goodPerSecond() > 0) {
            retention.add(stage.goodPerSecond() / reference.goodPerSecond());
          }
          if (stage.count(Verdict.REFUSED) > 0) {
            refused.add(stage.refused().p99Millis());
          }
        }
      }
      return new Figures(
          pair, ladderFit ? (Double) Comparison.peak(turn) : null, retention, refused);
    }
  }

  /** Median and range of a figure, and of how many. */
  public record Spread(int of, double median, double min, double max) {

    public static Spread over(List<Double> figures) {
      double[] sorted = figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
      int middle = sorted.length / 2;
      double median =
          sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
      return new Spread(sorted.length, median, sorted[0], sorted[sorted.length - 1]);
    }
  }
}
