package dev.weir.benchmarks.load.http2;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Headers;

/** Learns what comes in on a stream. On the loop. */
public interface Heard {

  /**
   * A head, or what follows the body.
   *
   * @param last whether nothing else comes
   */
  void headers(Http2Headers headers, boolean last);

  /** A piece of the body; the buffer is the connection's. */
  void data(ByteBuf data, boolean last);

  /** The server gave up the stream, with a code of HTTP/2. */
  void reset(long code);

  /** The stream is over, whatever came of it; said once, and last. */
  void closed();
}
