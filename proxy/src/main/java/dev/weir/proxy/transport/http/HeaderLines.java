package dev.weir.proxy.transport.http;

import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.List;

/** Header lines, each with its line end, taken apart once for HTTP/2. Immutable. */
final class HeaderLines {

  static final HeaderLines NONE = of("");

  private static final String LINE_END = "\r\n";
  private static final String SEPARATOR = ": ";

  private final byte[] bytes;
  private final List<Field> fields;

  private record Field(AsciiString name, AsciiString value) {}

  private HeaderLines(byte[] bytes, List<Field> fields) {
    this.bytes = bytes;
    this.fields = fields;
  }

  static HeaderLines of(String lines) {
    List<Field> fields = new ArrayList<>();
    int start = 0;
    for (int end = lines.indexOf(LINE_END); end >= 0; end = lines.indexOf(LINE_END, start)) {
      int colon = lines.indexOf(SEPARATOR, start);
      fields.add(
          new Field(
              new AsciiString(lines, start, colon - start).toLowerCase(),
              new AsciiString(lines, colon + 2, end - colon - 2)));
      start = end + LINE_END.length();
    }
    return new HeaderLines(HeadBytes.ascii(lines), List.copyOf(fields));
  }

  /** As HTTP/1.1 writes them; not to be changed. */
  byte[] bytes() {
    return bytes;
  }

  void addTo(Http2Headers head) {
    for (int i = 0; i < fields.size(); i++) {
      Field field = fields.get(i);
      head.add(field.name(), field.value());
    }
  }
}
