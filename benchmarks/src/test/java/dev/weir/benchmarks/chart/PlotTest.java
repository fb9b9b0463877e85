package dev.weir.benchmarks.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.benchmarks.chart.Plot.Point;
import dev.weir.benchmarks.chart.Plot.Series;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

final class PlotTest {
  private static final Series ODD =
      new Series(
          "a<b", "#123", true, List.of(Point.at(1, 0), new Point(10, 7, 5, 9, "it's & \"odd\"")));

  private static Document parsed(String xml) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    return factory
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void aPictureIsWellFormedAndHasBothAxesWithUnits() throws Exception {
    String svg =
        Plot.svg(
            "Speed & <size>",
            Axis.powersOfTen("offered, /s", 3, 70),
            Axis.upTo("latency, ms", 7),
            List.of(new Plot.Shade(2, 5, "a fault")),
            List.of(ODD));
    Document document = parsed(svg);
    String text = document.getDocumentElement().getTextContent();
    assertTrue(text.contains("Speed & <size>"));
    assertTrue(text.contains("offered, /s"));
    assertTrue(text.contains("latency, ms"));
    assertTrue(text.contains("it's & \"odd\""));
    assertEquals(1, document.getElementsByTagName("rect").getLength());
    assertFalse(svg.contains("NaN"));
  }

  @Test
  void emptyCurvesAndFlatOnesCanBeDrawn() throws Exception {
    Series none = new Series("none", "red", false, List.of());
    Series zero = new Series("zero", "red", false, List.of(Point.at(0, 0)));
    String svg = Plot.svg("x", Axis.upTo("t", 0), Axis.upTo("y", 0), List.of(none, zero));
    parsed(svg);
    assertFalse(svg.contains("NaN"));
    assertFalse(svg.contains("Infinity"));
  }

  @Test
  void aLineIsInterruptedWhereThereIsNoValue() throws Exception {
    Series gap =
        new Series(
            "gap",
            "red",
            Plot.Stroke.DASHED,
            false,
            List.of(Point.at(1, 1), Point.at(2, 2), Point.at(3, Double.NaN), Point.at(4, 1)));
    String svg = Plot.svg("x", Axis.upTo("t", 4), Axis.upTo("y", 2), List.of(ODD, gap));
    Document document = parsed(svg);
    assertEquals(3, document.getElementsByTagName("polyline").getLength());
    assertFalse(svg.contains("NaN"));
    assertTrue(svg.indexOf("'thick'") > svg.indexOf("'thin'"), "ours is drawn over the others");
  }

  @Test
  void axesEndAtRoundValues() {
    assertEquals(400, Axis.upTo("", 321).to());
    assertEquals(600, Axis.upTo("", 501).to());
    assertEquals(200, Axis.upTo("", 200).to());
    Axis powers = Axis.powersOfTen("", 3, 1_500);
    assertEquals(List.of(1.0, 10.0, 100.0, 1_000.0, 10_000.0), powers.marks());
    assertEquals(0.25, powers.part(10), 1e-9);
    assertEquals(1, powers.part(1e9));
  }

  @Test
  void aPageIsWellFormedAndNeedsNothingElse() throws Exception {
    String page =
        new Html("<t>")
            .element("h1", "a & b")
            .facts(Map.of("<k>", "'v'"))
            .table(List.of("", "n"), List.of(List.of("<row>", "1")))
            .legend(List.of(ODD))
            .charts(List.of(Plot.svg("p", Axis.upTo("", 1), Axis.upTo("", 1), List.of(ODD))))
            .finish();
    assertEquals(1, parsed(page).getElementsByTagName("svg").getLength());
    assertFalse(page.contains("http"));
    assertFalse(page.contains("<script"));
    assertTrue(page.contains("prefers-color-scheme:dark"));
  }
}
