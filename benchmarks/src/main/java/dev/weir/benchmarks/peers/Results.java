package dev.weir.benchmarks.peers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * All rows, in the order of measurement.
 *
 * @param conditions under which they were measured, for the reader
 */
record Results(Map<String, String> conditions, List<Row> rows) {

  /** What is compared with each other: one world and workload. */
  record Match(String world, String workload, List<Row> rows) {

    List<String> contestants() {
      return rows.stream().map(row -> row.stage().contestant()).distinct().toList();
    }

    List<Double> loads() {
      return rows.stream().map(row -> row.stage().load()).distinct().sorted().toList();
    }

    /** The rounds of a contestant at a load. */
    List<Row> rounds(String contestant, double load) {
      return rows.stream()
          .filter(row -> row.stage().contestant().equals(contestant))
          .filter(row -> row.stage().load() == load)
          .toList();
    }
  }

  List<Match> matches() {
    Map<List<String>, List<Row>> groups =
        rows.stream()
            .collect(
                Collectors.groupingBy(
                    row -> List.of(row.stage().world(), row.stage().workload()),
                    LinkedHashMap::new,
                    Collectors.toList()));
    return groups.entrySet().stream()
        .map(e -> new Match(e.getKey().get(0), e.getKey().get(1), e.getValue()))
        .toList();
  }
}
