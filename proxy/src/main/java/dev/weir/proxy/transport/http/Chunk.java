package dev.weir.proxy.transport.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/** What HTTP/1.1 puts around the pieces of a body whose length is not known (RFC 9112, 7.1). */
final class Chunk {

  /** After a piece. */
  static final ByteBuf END = constant("\r\n");

  /** After all of them. */
  static final ByteBuf LAST = constant("0\r\n\r\n");

  /** Digits of the longest piece, and the end of the line. */
  private static final int MOST_BYTES = 10;

  private Chunk() {}

  private static ByteBuf constant(String text) {
    return Unpooled.unreleasableBuffer(Unpooled.directBuffer().writeBytes(HeadBytes.ascii(text)));
  }

  /** What stands before a piece of so many bytes. */
  static ByteBuf begin(int bytes, ByteBufAllocator allocator) {
    ByteBuf line = allocator.directBuffer(MOST_BYTES);
    ByteBufUtil.writeAscii(line, Integer.toHexString(bytes) + "\r\n");
    return line;
  }
}
