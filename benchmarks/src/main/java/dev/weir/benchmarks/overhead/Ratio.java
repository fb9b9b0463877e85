package dev.weir.benchmarks.overhead;

import dev.weir.benchmarks.load.Comparison.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * One way beside the engine alone; an element of the JSON report. Ratios are taken within a round,
 * and then put together.
 *
 * @param cpu processor time per answer, over the engine's
 * @param throughput the engine's answers per second, over its
 */
record Ratio(Way way, Spread cpu, Spread throughput) {

  static List<Ratio> of(List<Lap> laps) {
    return Stream.of(Way.values())
        .filter(way -> way != Way.ENGINE && laps.stream().anyMatch(lap -> lap.way() == way))
        .map(
            way ->
                new Ratio(
                    way,
                    spread(laps, way, (own, engine) -> own.cpuMicros() / engine.cpuMicros()),
                    spread(laps, way, (own, engine) -> engine.perSecond() / own.perSecond())))
        .toList();
  }

  private static Spread spread(List<Lap> laps, Way way, BiFunction<Lap, Lap, Double> figure) {
    List<Double> figures = new ArrayList<>();
    for (Lap own : laps) {
      for (Lap engine : laps) {
        boolean pair = own.way() == way && engine.way() == Way.ENGINE;
        if (pair && own.round() == engine.round()) {
          figures.add(figure.apply(own, engine));
        }
      }
    }
    return Spread.over(figures);
  }
}
