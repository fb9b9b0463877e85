package dev.weir.proxy.transport.http;

import dev.weir.proxy.path.Trace;
import dev.weir.proxy.transport.Traces;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;

/** The head of a response in HTTP/2, where {@link HeadBytes} are that of HTTP/1.1. */
final class HeadFields {

  /** The headers every response has. */
  static final String COMMON_LINES =
      "Access-Control-Allow-Methods: GET, POST, HEAD, OPTIONS\r\n"
          + "Access-Control-Allow-Headers: Origin,Accept,X-Requested-With,Content-Type,"
          + "Access-Control-Request-Method,Access-Control-Request-Headers,Range,GH-Client\r\n"
          + "Access-Control-Allow-Origin: *\r\n";

  private static final HeaderLines COMMON = HeaderLines.of(COMMON_LINES);

  private static final AsciiString REQUEST_ID = AsciiString.cached(Traces.REQUEST_ID);
  private static final AsciiString TRACE_RESPONSE = AsciiString.cached(Traces.TRACE_RESPONSE);

  private static final int BUCKETS = 16;

  private HeadFields() {}

  /**
   * What every response begins with.
   *
   * @param date not copied
   * @param trace what the request is called
   */
  static Http2Headers of(int status, byte[] date, Trace trace) {
    Http2Headers head = new DefaultHttp2Headers(false, BUCKETS);
    head.status(HttpResponseStatus.valueOf(status).codeAsText());
    head.add(HttpHeaderNames.DATE, new AsciiString(date, false));
    COMMON.addTo(head);
    head.add(REQUEST_ID, trace.requestId());
    if (trace.sampled()) {
      head.add(TRACE_RESPONSE, trace.response());
    }
    return head;
  }
}
