package dev.weir.proxy.transport.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.proxy.path.Refusal;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** A response whose bytes are known in advance, but for date, id and connection. Immutable. */
final class Canned {

  private static final byte[] NO_BODY = new byte[0];
  private static final byte[] NO_LINES = new byte[0];

  private final int status;
  private final Refusal.@Nullable Reason reason;
  private final byte[] start;
  private final byte[] headers;
  private final byte[] body;

  private Canned(int status, Refusal.@Nullable Reason reason, String headers, byte[] body) {
    this.status = status;
    this.reason = reason;
    this.start = HeadBytes.startOf(status);
    this.headers = HeadBytes.ascii(headers + "Content-Length: " + body.length + "\r\n");
    this.body = body;
  }

  /**
   * @param headers further header lines, each with its line end
   */
  static Canned of(int status, String headers, String contentType, String body) {
    return new Canned(status, null, headers + contentType(contentType), body.getBytes(UTF_8));
  }

  /**
   * @param headers further header lines, each with its line end
   */
  static Canned refusal(
      int status, Refusal.Reason reason, String headers, String contentType, String body) {
    return new Canned(status, reason, headers + contentType(contentType), body.getBytes(UTF_8));
  }

  static Canned json(int status, String body) {
    return of(status, "", "application/json", body);
  }

  static Canned empty(int status) {
    return new Canned(status, null, "", NO_BODY);
  }

  private static String contentType(String type) {
    return "Content-Type: " + type + "\r\n";
  }

  int status() {
    return status;
  }

  Encoded encode(byte[] date, Envelope envelope) {
    return encode(date, NO_LINES, envelope);
  }

  /**
   * @param lines further header lines, each with its line end
   */
  Encoded encode(byte[] date, byte[] lines, Envelope envelope) {
    RequestHead head = envelope.head();
    String requestId = head.trace().requestId();
    byte[] connection = HeadBytes.connection(envelope.keepAlive(), head.http10());
    int bodyBytes = head.headOnly() ? 0 : body.length;
    ByteBuf out =
        envelope
            .allocator()
            .directBuffer(
                start.length
                    + date.length
                    + HeadBytes.COMMON.length
                    + headers.length
                    + lines.length
                    + HeadBytes.idBytes(requestId)
                    + connection.length
                    + HeadBytes.END.length
                    + bodyBytes);
    out.writeBytes(start).writeBytes(date).writeBytes(HeadBytes.COMMON).writeBytes(headers);
    HeadBytes.writeId(out, requestId);
    out.writeBytes(lines)
        .writeBytes(connection)
        .writeBytes(HeadBytes.END)
        .writeBytes(body, 0, bodyBytes);
    return new Encoded(out, status, reason, bodyBytes, envelope.keepAlive(), 0);
  }
}
