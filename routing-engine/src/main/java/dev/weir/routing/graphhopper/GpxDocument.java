package dev.weir.routing.graphhopper;

import com.graphhopper.util.AngleCalc;
import com.graphhopper.util.Constants;
import com.graphhopper.util.Helper;
import com.graphhopper.util.Instruction;
import com.graphhopper.util.InstructionList;
import com.graphhopper.util.PointList;
import com.graphhopper.util.RoundaboutInstruction;
import dev.weir.routing.RouteQuery;
import java.nio.charset.StandardCharsets;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;

/**
 * A route as GPX 1.1, laid out as GraphHopper's server lays it out, line breaks included. Unlike
 * there, every text is escaped, the name of the track too. Used once, by one thread.
 */
final class GpxDocument {

  private static final DateTimeFormatter SECONDS =
      new DateTimeFormatterBuilder()
          .appendValue(ChronoField.YEAR, 4, 10, SignStyle.NORMAL) // XML allows no plus sign
          .appendPattern("-MM-dd'T'HH:mm:ss'Z'")
          .toFormatter(Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final InstructionList instructions;
  private final long startMillis;
  private final boolean elevation;
  private final StringBuilder out = new StringBuilder(8192);
  private final DecimalFormat degrees =
      new DecimalFormat("0.0#####", DecimalFormatSymbols.getInstance(Locale.ROOT));

  GpxDocument(InstructionList instructions, long startMillis, boolean elevation) {
    this.instructions = instructions;
    this.startMillis = startMillis;
    this.elevation = elevation;
  }

  byte[] write(RouteQuery.Gpx parts) {
    out.append(head());
    if (parts.waypoints() && !instructions.isEmpty()) {
      waypoints();
    }
    if (parts.route() && !instructions.isEmpty()) {
      route();
    }
    if (parts.track()) {
      track(parts.trackName());
    }
    out.append("\n</gpx>");
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private String head() {
    return """
    <?xml version="1.0" encoding="UTF-8" standalone="no" ?><gpx \
    xmlns="http://www.topografix.com/GPX/1/1" \
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
    creator="Graphhopper version %s" version="1.1" \
    xmlns:gh="https://graphhopper.com/public/schema/gpx/1.1">
    <metadata><copyright author="OpenStreetMap contributors"/>\
    <link href="http://graphhopper.com"><text>GraphHopper GPX</text></link>\
    <time>%s</time></metadata>\
    """
        .formatted(Constants.VERSION, time(startMillis));
  }

  private void waypoints() {
    waypoint(instructions.get(0));
    for (Instruction instruction : instructions) {
      if (instruction.getSign() == Instruction.REACHED_VIA
          || instruction.getSign() == Instruction.FINISH) {
        waypoint(instruction);
      }
    }
  }

  private void waypoint(Instruction instruction) {
    String name =
        instruction.getName().isEmpty()
            ? instruction.getTurnDescription(instructions.getTr())
            : instruction.getName();
    place("\n<wpt", instruction.getPoints(), 0);
    out.append(" <name>").append(XmlText.escape(name)).append("</name></wpt>");
  }

  private void route() {
    out.append("\n<rte>");
    for (int i = 0; i < instructions.size(); i++) {
      boolean last = i + 1 == instructions.size();
      PointList points = instructions.get(i).getPoints();
      PointList next = last ? PointList.EMPTY : instructions.get(i + 1).getPoints();
      routePoint(
          instructions.get(i),
          points.size() > 1 ? points.getLat(1) : latitude(next),
          points.size() > 1 ? points.getLon(1) : longitude(next));
    }
    out.append("\n</rte>");
  }

  private static double latitude(PointList points) {
    return points.isEmpty() ? Double.NaN : points.getLat(0);
  }

  private static double longitude(PointList points) {
    return points.isEmpty() ? Double.NaN : points.getLon(0);
  }

  private void routePoint(Instruction instruction, double nextLatitude, double nextLongitude) {
    place("\n<rtept", instruction.getPoints(), 0);
    if (!instruction.getName().isEmpty()) {
      String text = instruction.getTurnDescription(instructions.getTr());
      out.append("<desc>").append(XmlText.escape(text)).append("</desc>");
    }
    out.append("<extensions>");
    extension("distance", Helper.round(instruction.getDistance(), 1));
    extension("time", instruction.getTime());
    if (!Double.isNaN(nextLatitude)) {
      double azimuth =
          AngleCalc.ANGLE_CALC.calcAzimuth(
              instruction.getPoints().getLat(0),
              instruction.getPoints().getLon(0),
              nextLatitude,
              nextLongitude);
      extension("direction", AngleCalc.ANGLE_CALC.azimuth2compassPoint(azimuth));
      extension("azimuth", Helper.round2(azimuth));
    }
    if (instruction instanceof RoundaboutInstruction roundabout) {
      extension("exit_number", roundabout.getExitNumber());
    }
    extension("sign", instruction.getSign());
    out.append("</extensions></rtept>");
  }

  private void track(String name) {
    out.append("\n<trk><name>").append(XmlText.escape(name)).append("</name><trkseg>");
    long atMillis = startMillis;
    for (Instruction instruction : instructions) {
      PointList points = instruction.getPoints();
      for (int i = 0; i < points.size(); i++) {
        place("\n<trkpt", points, i);
        if (elevation) {
          out.append("<ele>").append(Helper.round2(points.getEle(i))).append("</ele>");
        }
        if (i == 0) { // Only where an instruction begins is the time known.
          out.append("<time>").append(time(atMillis)).append("</time>");
        }
        out.append("</trkpt>");
      }
      atMillis += instruction.getTime();
    }
    out.append("\n</trkseg>\n</trk>");
  }

  private void place(String element, PointList points, int index) {
    out.append(element)
        .append(" lat=\"")
        .append(degrees.format(points.getLat(index)))
        .append("\" lon=\"")
        .append(degrees.format(points.getLon(index)))
        .append("\">");
  }

  private void extension(String name, Object value) {
    out.append("<gh:").append(name).append('>').append(value);
    out.append("</gh:").append(name).append('>');
  }

  private static String time(long epochMillis) {
    return SECONDS.format(Instant.ofEpochMilli(epochMillis));
  }
}
