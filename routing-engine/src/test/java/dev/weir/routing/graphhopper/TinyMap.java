package dev.weir.routing.graphhopper;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** A town of ten by ten crossings, 100 m apart, made up for a test. */
final class TinyMap {

  private static final int SIDE = 10;

  private TinyMap() {}

  static Path osm(Path file) throws IOException {
    return Files.writeString(file, xml());
  }

  static Path osmGz(Path file) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(xml().getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }

  private static String xml() {
    StringBuilder xml =
        new StringBuilder("<osm version=\"0.6\" timestamp=\"2024-01-01T00:00:00Z\">");
    for (int node = 0; node < SIDE * SIDE; node++) {
      int row = node / SIDE;
      int column = node % SIDE;
      xml.append(
          "<node id=\"%d\" lat=\"%f\" lon=\"%f\"/>"
              .formatted(node + 1, 43.7 + row * 0.0009, 7.4 + column * 0.00125));
    }
    for (int line = 0; line < SIDE; line++) {
      way(xml, 1000 + line, line * SIDE, 1);
      way(xml, 2000 + line, line, SIDE);
    }
    return xml.append("</osm>").toString();
  }

  private static void way(StringBuilder xml, int id, int first, int step) {
    xml.append("<way id=\"").append(id).append("\">");
    for (int i = 0; i < SIDE; i++) {
      xml.append("<nd ref=\"").append(first + i * step + 1).append("\"/>");
    }
    xml.append("<tag k=\"highway\" v=\"residential\"/><tag k=\"name\" v=\"Way ")
        .append(id)
        .append("\"/></way>");
  }
}
