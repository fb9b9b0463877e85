package dev.weir.benchmarks.load;

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
 * @param retention good answers in the flood over the own peak in the same turn, by server
 * @param refusedP99Millis in the flood, since refused requests were due, by server
 * @param disowned stages in which the generator did not keep up
 */
record Comparison(
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
      put(retentions, server, own.stream().flatMap(f -> Stream.ofNullable(f.retention())));
      put(refusals, server, own.stream().flatMap(f -> Stream.ofNullable(f.refusedP99Millis())));
    }
    long disowned = stages.stream().filter(s -> !s.generatorKeptUp()).count();
    return new Comparison(peaks, peakRatio(stages), retentions, refusals, disowned);
  }

  /** Good answers per second in the best step of the ladder; 0 if there is none. */
  static double peak(List<Measurement> stages) {
    return stages.stream()
        .filter(stage -> !stage.flood())
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
    return ratios.isEmpty() ? null : Spread.of(ratios);
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
      to.put(server, Spread.of(all));
    }
  }

  /** What may be claimed from one turn; null where the generator did not keep up. */
  private record Figures(
      int pair,
      @Nullable Double peak,
      @Nullable Double retention,
      @Nullable Double refusedP99Millis) {

    private static Figures of(int pair, List<Measurement> turn) {
      boolean ladderFit =
          turn.stream().filter(s -> !s.flood()).allMatch(Measurement::generatorKeptUp);
      Double peak = ladderFit ? (Double) Comparison.peak(turn) : null;
      Double retention = null;
      Double refused = null;
      for (Measurement stage : turn) {
        if (stage.flood() && stage.generatorKeptUp()) {
          retention = peak == null || peak == 0 ? null : (Double) (stage.goodPerSecond() / peak);
          refused = stage.count(Verdict.REFUSED) == 0 ? null : (Double) stage.refused().p99Millis();
        }
      }
      return new Figures(pair, peak, retention, refused);
    }
  }

  /** Median and range of a figure over the pairs. */
  record Spread(int pairs, double median, double min, double max) {

    static Spread of(List<Double> figures) {
      double[] sorted = figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
      int middle = sorted.length / 2;
      double median =
          sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
      return new Spread(sorted.length, median, sorted[0], sorted[sorted.length - 1]);
    }
  }
}
