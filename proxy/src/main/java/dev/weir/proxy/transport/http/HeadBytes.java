package dev.weir.proxy.transport.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.weir.proxy.path.Trace;
import io.netty.buffer.ByteBuf;

/** The parts of a response's head that are the same for all responses of a kind. */
final class HeadBytes {

  /** From the end of the date on: the headers every response has. */
  static final byte[] COMMON = ascii("\r\n" + HeadFields.COMMON_LINES);

  private static final byte[] REQUEST_ID = ascii("X-Request-Id: ");

  private static final byte[] TRACE_RESPONSE = ascii("Traceresponse: ");

  static final byte[] END = ascii("\r\n");

  /** A line of an answer in pieces. */
  static final String CHUNKED = "Transfer-Encoding: chunked\r\n";

  private static final byte[] CLOSE = ascii("Connection: close\r\n");
  private static final byte[] KEEP_ALIVE = ascii("Connection: keep-alive\r\n");
  private static final byte[] NOTHING = new byte[0];

  private static final byte[] OK = start(200);
  private static final byte[] BAD_REQUEST = start(400);

  private HeadBytes() {}

  static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }

  /** Up to where the date begins. */
  static byte[] startOf(int status) {
    return switch (status) {
      case 200 -> OK;
      case 400 -> BAD_REQUEST;
      default -> start(status);
    };
  }

  private static byte[] start(int status) {
    return ascii("HTTP/1.1 " + status + " " + phrase(status) + "\r\nDate: ");
  }

  /** Length of what {@link #writeName} writes. */
  static int nameBytes(Trace trace) {
    int id = REQUEST_ID.length + trace.requestId().length() + END.length;
    return trace.sampled()
        ? id + TRACE_RESPONSE.length + trace.response().length() + END.length
        : id;
  }

  /** What the request is called. */
  static void writeName(ByteBuf out, Trace trace) {
    out.writeBytes(REQUEST_ID);
    out.writeCharSequence(trace.requestId(), US_ASCII);
    out.writeBytes(END);
    if (trace.sampled()) {
      out.writeBytes(TRACE_RESPONSE);
      out.writeCharSequence(trace.response(), US_ASCII);
      out.writeBytes(END);
    }
  }

  /** What the response says about the connection; nothing where that is clear by itself. */
  static byte[] connection(boolean keepAlive, boolean http10) {
    if (!keepAlive) {
      return CLOSE;
    }
    return http10 ? KEEP_ALIVE : NOTHING;
  }

  // In the words of GraphHopper's server where it has any.
  private static String phrase(int status) {
    return switch (status) {
      case 200 -> "OK";
      case 204 -> "No Content";
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 406 -> "Not Acceptable";
      case 408 -> "Request Timeout";
      case 409 -> "Conflict";
      case 413 -> "Content Too Large";
      case 414 -> "URI Too Long";
      case 415 -> "Unsupported Media Type";
      case 417 -> "Expectation Failed";
      case 422 -> "Unprocessable Entity";
      case 429 -> "Too Many Requests";
      case 431 -> "Request Header Fields Too Large";
      case 500 -> "Server Error";
      case 501 -> "Not Implemented";
      case 503 -> "Service Unavailable";
      case 504 -> "Gateway Timeout";
      case 505 -> "HTTP Version Not Supported";
      default -> "Status";
    };
  }
}
