package dev.weir.proxy.transport.http;

import dev.weir.proxy.transport.HeldBytes;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Headers;
import org.jspecify.annotations.Nullable;

/**
 * A response ready to be written; whoever holds it writes or drops it.
 *
 * @param head for HTTP/2; {@code null} for HTTP/1.1, whose head is among the bytes
 * @param bytes head and body, or for HTTP/2 the body alone
 * @param bodyBytes length of the body alone
 * @param keepAlive what it says about the connection
 * @param heldBytes how much of the memory for unread answers it takes, 0 if it is not counted
 */
record Encoded(
    @Nullable Http2Headers head,
    ByteBuf bytes,
    int status,
    int bodyBytes,
    boolean keepAlive,
    int heldBytes) {

  /** Gives back what it takes, unwritten. */
  void drop(HeldBytes held) {
    bytes.release();
    held.releaseAnswer(heldBytes);
  }
}
