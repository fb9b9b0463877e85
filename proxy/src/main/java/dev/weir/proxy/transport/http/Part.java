package dev.weir.proxy.transport.http;

import dev.weir.proxy.transport.HeldBytes;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * A part of an answer that is sent as it comes into being.
 *
 * @param head of the answer, without its body; with the first part only
 * @param bytes of the body, may be none
 * @param heldBytes how much of the memory for unread answers it takes, 0 if it is not counted
 * @param status what the answer is counted as, if it ends
 * @param keepAlive whether the connection goes on then
 */
record Part(
    @Nullable Encoded head, ByteBuf bytes, int heldBytes, int status, boolean keepAlive, Then then)
    implements Outgoing {

  /** What comes after a part. */
  enum Then {
    /** More, for which the exchange is to be asked when there is room. */
    MORE,
    /** What would have come anyway. */
    AS_BEFORE,
    /** Nothing. */
    END
  }

  @Override
  public void drop(HeldBytes held) {
    if (head != null) {
      head.drop(held);
    }
    bytes.release();
    held.releaseAnswer(heldBytes);
  }
}
