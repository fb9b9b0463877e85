package dev.weir.benchmarks.overhead;

import dev.weir.benchmarks.load.Comparison.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * One way beside what it is compared with; an element of the JSON report. Ratios are taken within a
 * round, and then put together.
 *
 * @param cpu processor time per answer, over that of the base
 * @param throughput answers per second of the base, over its own
 */
record Ratio(Way way, Way base, Spread cpu, Spread throughput) {

  static List<Ratio> of(List<Lap> laps) {
    return Stream.of(Way.values())
        .filter(way -> way != Way.ENGINE && laps.stream().anyMatch(lap -> lap.way() == way))
        .map(
            way ->
                new Ratio(
                    way,
                    way.base(),
                    spread(laps, way, (own, base) -> own.cpuMicros() / base.cpuMicros()),
                    spread(laps, way, (own, base) -> base.perSecond() / own.perSecond())))
        .toList();
  }

  private static Spread spread(List<Lap> laps, Way way, BiFunction<Lap, Lap, Double> figure) {
    List<Double> figures = new ArrayList<>();
    for (Lap own : laps) {
      for (Lap base : laps) {
        boolean pair = own.way() == way && base.way() == way.base();
        if (pair && own.round() == base.round()) {
          figures.add(figure.apply(own, base));
        }
      }
    }
    return Spread.over(figures);
  }
}
