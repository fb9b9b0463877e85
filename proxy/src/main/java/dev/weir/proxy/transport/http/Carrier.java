package dev.weir.proxy.transport.http;

import io.netty.buffer.ByteBufAllocator;

/**
 * What brings one request after the other, or just one, and takes the answers: a connection of
 * HTTP/1.1 or a stream of HTTP/2. Used on its event loop, but for {@link #handOver}, {@link
 * #allocator} and {@link #http2}.
 */
interface Carrier {

  ByteBufAllocator allocator();

  /** Whether answers are to be encoded for HTTP/2. */
  boolean http2();

  /** Takes an answer from any thread. */
  void handOver(Exchange from, Encoded answer);

  /**
   * Writes an answer.
   *
   * @param last the carrier ends with it
   * @param bodyUnread the request it answers was not read to its end
   */
  void write(Encoded answer, boolean last, boolean bodyUnread);

  /** Tells a caller who waits for it to send the body. */
  void writeContinue();

  /** Ends it after an answer that promised to keep it. */
  void giveUp();
}
