package dev.weir.proxy.transport.http;

import dev.weir.proxy.path.Standing;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * What an answer is sent in, whatever it says.
 *
 * @param head of the request
 * @param keepAlive the connection goes on
 * @param standing of whoever asked, {@code null} for who has no quota
 */
record Envelope(
    RequestHead head, boolean keepAlive, ByteBufAllocator allocator, @Nullable Standing standing) {

  /** For who has no quota. */
  Envelope(RequestHead head, boolean keepAlive, ByteBufAllocator allocator) {
    this(head, keepAlive, allocator, null);
  }
}
