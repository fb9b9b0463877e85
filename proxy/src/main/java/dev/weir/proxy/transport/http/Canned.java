package dev.weir.proxy.transport.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Trace;
import dev.weir.proxy.transport.contract.Fault;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Headers;
import org.jspecify.annotations.Nullable;

/** A response whose bytes are known in advance, but for date, id and connection. Immutable. */
final class Canned {

  private static final byte[] NO_BODY = new byte[0];

  private final int status;
  private final int sentStatus;
  private final Refusal.@Nullable Reason reason;
  private final byte[] start;
  private final HeaderLines headers;
  private final byte[] body;

  private Canned(
      int status, int sentStatus, Refusal.@Nullable Reason reason, String headers, byte[] body) {
    this.status = status;
    this.sentStatus = sentStatus;
    this.reason = reason;
    this.start = HeadBytes.startOf(sentStatus);
    String length = sentStatus == 204 ? "" : "Content-Length: " + body.length + "\r\n";
    this.headers = HeaderLines.of(headers + length);
    this.body = body;
  }

  /**
   * @param headers further header lines, each with its line end
   */
  static Canned of(int status, String headers, String contentType, String body) {
    return of(status, status, headers, contentType, body.getBytes(UTF_8));
  }

  /**
   * @param status what it is counted as
   * @param sentStatus what callers see
   * @param headers further header lines, each with its line end
   */
  static Canned of(int status, int sentStatus, String headers, String contentType, byte[] body) {
    return new Canned(status, sentStatus, null, headers + contentType(contentType), body);
  }

  /**
   * @param sentStatus what callers see
   * @param headers further header lines, each with its line end
   */
  static Canned refusal(
      Refusal.Reason reason, int sentStatus, String headers, String contentType, byte[] body) {
    int status = Fault.of(reason).httpStatus();
    return new Canned(status, sentStatus, reason, headers + contentType(contentType), body);
  }

  static Canned json(int status, String body) {
    return of(status, "", "application/json", body);
  }

  static Canned empty(int status) {
    return new Canned(status, status, null, "", NO_BODY);
  }

  private static String contentType(String type) {
    return "Content-Type: " + type + "\r\n";
  }

  int status() {
    return status;
  }

  /** To be read only. */
  byte[] body() {
    return body;
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
    Http2Headers head = HeadFields.of(sentStatus, date, envelope.head().trace());
    headers.addTo(head);
    lines.addTo(head);
    ByteBuf out = envelope.allocator().directBuffer(bodyBytes).writeBytes(body, 0, bodyBytes);
    return new Encoded(head, out, status, reason, bodyBytes, envelope.keepAlive(), 0);
  }

  private Encoded bytes(byte[] date, byte[] lines, int bodyBytes, Envelope envelope) {
    Trace trace = envelope.head().trace();
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
                    + HeadBytes.nameBytes(trace)
                    + connection.length
                    + HeadBytes.END.length
                    + bodyBytes);
    out.writeBytes(start).writeBytes(date).writeBytes(HeadBytes.COMMON).writeBytes(own);
    HeadBytes.writeName(out, trace);
    out.writeBytes(lines)
        .writeBytes(connection)
        .writeBytes(HeadBytes.END)
        .writeBytes(body, 0, bodyBytes);
    return new Encoded(null, out, status, reason, bodyBytes, envelope.keepAlive(), 0);
  }
}
