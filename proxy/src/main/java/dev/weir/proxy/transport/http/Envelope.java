package dev.weir.proxy.transport.http;

import io.netty.buffer.ByteBufAllocator;

/**
 * What an answer is sent in, whatever it says.
 *
 * @param head of the request
 * @param keepAlive the connection goes on
 * @param http2 it is a stream of HTTP/2 rather than a connection of HTTP/1.1
 */
record Envelope(RequestHead head, boolean keepAlive, boolean http2, ByteBufAllocator allocator) {

  static Envelope of(RequestHead head, boolean keepAlive, Carrier carrier) {
    return new Envelope(head, keepAlive, carrier.http2(), carrier.allocator());
  }
}
