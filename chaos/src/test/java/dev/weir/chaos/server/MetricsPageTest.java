package dev.weir.chaos.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
    assertEquals(Double.POSITIVE_INFINITY, page.sum("b"));
  }

  @Test
  void tellsApartWhatIsNoughtAndWhatIsNotThere() {
    MetricsPage page = MetricsPage.parse("a{kind=\"x\"} 0.0\na_more 1\n");

    assertEquals(0, page.sum("a"));
    assertEquals(0, page.sum("a", "kind=\"y\""));
    var missing = assertThrows(IllegalArgumentException.class, () -> page.sum("a_m"));
    assertEquals("the server tells nothing of a_m", missing.getMessage());
  }
}
