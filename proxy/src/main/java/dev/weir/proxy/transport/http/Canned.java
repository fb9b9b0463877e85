package dev.weir.proxy.transport.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Headers;

/** A response whose bytes are known in advance, but for date and connection. Immutable. */
final class Canned {

  private static final byte[] NO_BODY = new byte[0];

  private final int status;
  private final byte[] start;
  private final HeaderLines headers;
  private final byte[] body;

  private Canned(int status, String headers, byte[] body) {
    this.status = status;
    this.start = HeadBytes.startOf(status);
    this.headers = HeaderLines.of(headers + "Content-Length: " + body.length + "\r\n");
    this.body = body;
  }

  /**
   * @param headers further header lines, each with its line end
   */
  static Canned of(int status, String headers, String contentType, String body) {
    return new Canned(status, headers + contentType(contentType), body.getBytes(UTF_8));
  }

  static Canned json(int status, String body) {
    return of(status, "", "application/json", body);
  }

  static Canned empty(int status) {
    return new Canned(status, "", NO_BODY);
  }

  private static String contentType(String type) {
    return "Content-Type: " + type + "\r\n";
  }

  int status() {
    return status;
  }

  Encoded encode(byte[] date, Envelope envelope) {
    return encode(date, HeaderLines.NONE, envelope);
  }

  /**
   * @param lines further ones
   */
  Encoded encode(byte[] date, HeaderLines lines, Envelope envelope) {
    int bodyBytes = envelope.head().headOnly() ? 0 : body.length;
    return envelope.http2()
        ? fields(date, lines, bodyBytes, envelope)
        : bytes(date, lines.bytes(), bodyBytes, envelope);
  }

  private Encoded fields(byte[] date, HeaderLines lines, int bodyBytes, Envelope envelope) {
    Http2Headers head = HeadFields.of(status, date);
    headers.addTo(head);
    lines.addTo(head);
    ByteBuf out = envelope.allocator().directBuffer(bodyBytes).writeBytes(body, 0, bodyBytes);
    return new Encoded(head, out, status, bodyBytes, envelope.keepAlive(), 0);
  }

  private Encoded bytes(byte[] date, byte[] lines, int bodyBytes, Envelope envelope) {
    byte[] connection = HeadBytes.connection(envelope.keepAlive(), envelope.head().http10());
    byte[] own = headers.bytes();
    ByteBuf out =
        envelope
            .allocator()
            .directBuffer(
                start.length
                    + date.length
                    + HeadBytes.COMMON.length
                    + own.length
                    + lines.length
                    + connection.length
                    + HeadBytes.END.length
                    + bodyBytes);
    out.writeBytes(start).writeBytes(date).writeBytes(HeadBytes.COMMON).writeBytes(own);
    out.writeBytes(lines)
        .writeBytes(connection)
        .writeBytes(HeadBytes.END)
        .writeBytes(body, 0, bodyBytes);
    return new Encoded(null, out, status, bodyBytes, envelope.keepAlive(), 0);
  }
}
