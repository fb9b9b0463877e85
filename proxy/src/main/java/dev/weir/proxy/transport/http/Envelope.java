package dev.weir.proxy.transport.http;

import dev.weir.proxy.path.Spent;
import dev.weir.proxy.path.Standing;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * What an answer is sent in, whatever it says.
 *
 * @param head of the request
 * @param keepAlive the connection goes on
 * @param http2 it is a stream of HTTP/2 rather than a connection of HTTP/1.1
 * @param standing of whoever asked, {@code null} for who has no quota
 * @param spent where the time went, {@code null} for what was not admitted
 */
record Envelope(
    RequestHead head,
    boolean keepAlive,
    boolean http2,
    ByteBufAllocator allocator,
    @Nullable Standing standing,
    @Nullable Spent spent) {

  /** Of what was not admitted, for who has no quota. */
  Envelope(RequestHead head, boolean keepAlive, boolean http2, ByteBufAllocator allocator) {
    this(head, keepAlive, http2, allocator, null, null);
  }

  static Envelope of(
      RequestHead head,
      boolean keepAlive,
      Carrier carrier,
      @Nullable Standing standing,
      @Nullable Spent spent) {
    return new Envelope(head, keepAlive, carrier.http2(), carrier.allocator(), standing, spent);
  }

  /** The same, and the connection ends. */
  Envelope closing() {
    return new Envelope(head, false, http2, allocator, standing, spent);
  }
}
