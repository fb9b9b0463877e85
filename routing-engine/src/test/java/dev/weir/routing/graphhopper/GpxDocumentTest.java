package dev.weir.routing.graphhopper;

import static dev.weir.routing.graphhopper.Monaco.HERMITAGE;
import static dev.weir.routing.graphhopper.Monaco.LARVOTTO;
import static dev.weir.routing.graphhopper.Monaco.STADIUM;
import static dev.weir.routing.graphhopper.Monaco.answer;
import static dev.weir.routing.graphhopper.Monaco.text;
import static dev.weir.routing.graphhopper.RouteDraft.route;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.routing.Rendered;
import dev.weir.routing.RouteQuery;
import java.io.ByteArrayInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

final class GpxDocumentTest {

  @Test
  void looksAsTheStockServerWritesIt() {
    Rendered answer = answer(route("car", HERMITAGE, STADIUM).gpx(true, true, false, "0").build());

    assertEquals(Rendered.Media.GPX, answer.media());
    assertTrue(
        text(answer)
            .replaceAll("azimuth>294\\.7\\d<", "azimuth>294.78<")
            .startsWith(
                """
                <?xml version="1.0" encoding="UTF-8" standalone="no" ?>\
                <gpx xmlns="http://www.topografix.com/GPX/1/1" \
                xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
                creator="Graphhopper version 11.0" version="1.1" \
                xmlns:gh="https://graphhopper.com/public/schema/gpx/1.1">
                <metadata><copyright author="OpenStreetMap contributors"/>\
                <link href="http://graphhopper.com"><text>GraphHopper GPX</text></link>\
                <time>1970-01-01T00:00:00Z</time></metadata>
                <rte>
                <rtept lat="43.738293" lon="7.424532">\
                <desc>continue onto Avenue de l'Hermitage</desc><extensions>\
                <gh:distance>20.7</gh:distance><gh:time>2488</gh:time>\
                <gh:direction>NW</gh:direction><gh:azimuth>294.78</gh:azimuth>\
                <gh:sign>0</gh:sign></extensions></rtept>
                <rtept lat="43.738371" lon="7.424297">\
                """),
        text(answer));
  }

  @Test
  void isWellFormedWithAllItsPartsAndWithNone() throws Exception {
    Document full = parse(route("car", HERMITAGE, LARVOTTO, STADIUM).gpx(true, true, true, null));
    assertEquals(3 + 1 - 1, full.getElementsByTagName("wpt").getLength());
    assertTrue(full.getElementsByTagName("trkpt").getLength() > 50);
    assertTrue(full.getElementsByTagName("rtept").getLength() > 5);

    Document none = parse(route("car", HERMITAGE, STADIUM).gpx(false, false, false, null));
    assertEquals(0, none.getElementsByTagName("trk").getLength());
    assertEquals(0, none.getElementsByTagName("rte").getLength());
  }

  @Test
  void tellsTheTimeWhereAnInstructionBegins() throws Exception {
    String gpx =
        text(answer(route("car", HERMITAGE, STADIUM).gpx(false, true, false, "1000").build()));

    assertTrue(gpx.contains("lon=\"7.424532\"><time>1970-01-01T00:00:01Z</time></trkpt>"));
    assertTrue(gpx.contains("<time>1970-01-01T00:00:03Z</time></trkpt>"));
  }

  @Test
  void escapesTheNameOfTheTrack() throws Exception {
    String name = "a <b> & \"c\" \u0000 ]]> </name>";
    Document gpx =
        parse(
            route("car", HERMITAGE, STADIUM)
                .gpx(new RouteQuery.Gpx(false, true, false, name, "0")));

    assertEquals(
        name.replace('\u0000', '\uFFFD'),
        gpx.getElementsByTagName("name").item(0).getTextContent());
  }

  @Test
  void namesTheExitOfARoundabout() {
    String gpx =
        text(answer(route("car", HERMITAGE, LARVOTTO).gpx(true, false, false, "0").build()));

    assertFalse(gpx.contains("null"));
    assertTrue(gpx.contains("<gh:exit_number>"), gpx);
  }

  private static Document parse(RouteDraft route) throws Exception {
    return DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(answer(route.build()).body()));
  }
}
