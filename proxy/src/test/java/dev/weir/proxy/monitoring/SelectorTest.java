package dev.weir.proxy.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SelectorTest {

  private static List<String> texts(String expression) {
    return Selector.of(expression).stream().map(Selector::text).toList();
  }

  @Test
  void findsMetricsButNoFunctionsOperatorsLabelsNumbersOrTexts() {
    assertEquals(
        List.of("weir:a:p99_5m", "b_total{kind=\"route\"}", "c", "d{x!~\"a|b\"}"),
        texts(
            "weir:a:p99_5m < 1e6 and on (job, instance) histogram_quantile(0.5,"
                + " sum by (le) (rate(b_total{kind=\"route\"}[5m]))) or (c) unless"
                + " label_replace(d{x!~\"a|b\"}, \"reason\", \"$1\", \"from\", \"(.*)\")"));
    assertEquals(List.of("up{job=\"weir\"}"), texts("up{job=\"weir\"} == 0"));
  }

  @Test
  void asksForEachValueThatIsNamed() {
    assertEquals(
        Set.of(
            "count(a{pod!=\"\", kind=\"route\",reason=~\"x|y\"})",
            "count(a{kind=\"route\"})",
            "count(a{reason=\"x\"})",
            "count(a{reason=\"y\"})"),
        Selector.of("a{pod!=\"\", kind=\"route\",reason=~\"x|y\"}").getFirst().proofs());
  }
}
