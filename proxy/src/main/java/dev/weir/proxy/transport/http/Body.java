package dev.weir.proxy.transport.http;

import dev.weir.proxy.transport.HeldBytes;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** The body of a request as far as it has arrived. Used on its event loop only. */
final class Body {

  private static final int FIRST_BYTES = 1_024;

  private final int maxBytes;
  private final HeldBytes held;
  private byte[] bytes = new byte[0];
  private int length;

  Body(int maxBytes, HeldBytes held) {
    this.maxBytes = maxBytes;
    this.held = held;
  }

  /** What became of a piece. */
  enum Added {
    KEPT,
    /** The body is longer than one may be. */
    TOO_LARGE,
    /** The bodies of all callers together take all the memory they may. */
    NO_ROOM
  }

  /** Copies the piece. */
  Added add(ByteBuf piece) {
    int more = piece.readableBytes();
    if (more > maxBytes - length) {
      return Added.TOO_LARGE;
    }
    if (length + more > bytes.length && !grow(length + more)) {
      return Added.NO_ROOM;
    }
    piece.readBytes(bytes, length, more);
    length += more;
    return Added.KEPT;
  }

  private boolean grow(int least) {
    int size = Math.min(Math.max(Math.max(least, 2 * bytes.length), FIRST_BYTES), maxBytes);
    if (!held.tryHoldBody(size - bytes.length)) {
      return false;
    }
    bytes = Arrays.copyOf(bytes, size);
    return true;
  }

  /** The whole of it; a copy unless it fits exactly. */
  byte[] toBytes() {
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }

  /** Gives the memory back; not to be used afterwards. */
  void release() {
    held.releaseBody(bytes.length);
    bytes = new byte[0];
    length = 0;
  }
}
