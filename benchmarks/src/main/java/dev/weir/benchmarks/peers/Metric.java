package dev.weir.benchmarks.peers;

import dev.weir.benchmarks.sim.Result.Group;
import dev.weir.benchmarks.sim.Result.Latency;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * One figure of a row.
 *
 * @param name a word, for tables of numbers
 * @param title with its unit, for people
 * @param most that it can be, 0 if there is no such bound
 * @param figure not a number if the row has none: who answered nothing has no latency
 */
record Metric(String name, String title, double most, ToDoubleFunction<Row> figure) {

  private static final List<Metric> COMMON =
      List.of(
          new Metric("good_per_second", "Good answers per second", 0, Row::goodPerSecond),
          new Metric(
              "cpu_goodput", "CPU-weighted goodput, part of the machine", 1, Row::cpuGoodput),
          new Metric("wasted", "Processor time wasted, part of what was spent", 1, Row::wasted),
          new Metric("refused", "Refused, part of the calls", 1, Row::refusedPart),
          latency("p50_ms", "Latency of answers, median, ms", Row::answered, Latency::p50Millis),
          latency("p99_ms", "Latency of answers, p99, ms", Row::answered, Latency::p99Millis));

  private static Metric latency(
      String name, String title, Function<Row, Latency> of, ToDoubleFunction<Latency> figure) {
    return new Metric(
        name,
        title,
        0,
        row -> of.apply(row).count() == 0 ? Double.NaN : figure.applyAsDouble(of.apply(row)));
  }

  /** Those that tell something about these rows of one workload. */
  static List<Metric> of(List<Row> rows) {
    List<Metric> metrics = new ArrayList<>(COMMON);
    if (rows.stream().anyMatch(row -> row.critical().count() > 0)) {
      metrics.add(
          latency(
              "critical_p99_ms",
              "Latency of CRITICAL, p99, ms",
              Row::critical,
              Latency::p99Millis));
    }
    addSuccess(metrics, rows, "class", Row::classes);
    addSuccess(metrics, rows, "tier", Row::tiers);
    if (rows.stream().anyMatch(row -> row.meekSuccess() < 1)) {
      metrics.add(
          new Metric(
              "success_meek",
              "Success of modest tenants, part of their calls",
              1,
              Row::meekSuccess));
    }
    if (rows.stream().anyMatch(row -> row.steps().floodMillis() >= 0)) {
      metrics.add(
          new Metric(
              "flood_settled_ms",
              "Flood begins: ms until waits are short",
              0,
              row -> row.steps().floodMillis()));
      metrics.add(
          new Metric(
              "calm_settled_ms",
              "Flood ends: ms until waits are short",
              0,
              row -> row.steps().calmMillis()));
    }
    return metrics;
  }

  private static void addSuccess(
      List<Metric> metrics, List<Row> rows, String kind, Function<Row, List<Group>> groups) {
    List<Group> present =
        groups.apply(rows.getFirst()).stream().filter(g -> g.offered() > 0).toList();
    if (present.size() < 2) {
      return;
    }
    for (Group group : present) {
      String name = group.name().toLowerCase(Locale.ROOT);
      metrics.add(
          new Metric(
              "success_" + name,
              "Success of " + kind + " " + group.name() + ", part of its calls",
              1,
              row -> success(groups.apply(row), group.name())));
    }
  }

  private static double success(List<Group> groups, String name) {
    return groups.stream()
        .filter(group -> group.name().equals(name))
        .mapToDouble(Group::success)
        .findFirst()
        .orElse(Double.NaN);
  }
}
