package dev.weir.chaos.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class MetricsPageTest {

  @Test
  void sumsOverLabelsOfOneFamilyAndNoOther() {
    MetricsPage page =
        MetricsPage.parse(
            """
            # HELP a_total of something
            a_total{kind="x",way="y"} 2.0
            a_total{kind="z",way="y"} 3.5
            a_total_more 100
            b +Inf
            """);

    assertEquals(5.5, page.sum("a_total"));
    assertEquals(2, page.sum("a_total", "kind=\"x\""));
    assertEquals(0, page.sum("c"));
    assertEquals(Double.POSITIVE_INFINITY, page.sum("b"));
  }
}
