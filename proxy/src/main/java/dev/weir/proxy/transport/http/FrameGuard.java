package dev.weir.proxy.transport.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2FrameTypes;

/**
 * Looks at the heads of frames before they are decoded, each once, and refuses more than the budget
 * allows. The decoder has limits of its own, but not for what it answers or ignores by itself:
 * settings, pings, windows of streams that have ended. Used on its event loop only.
 */
final class FrameGuard extends ChannelInboundHandlerAdapter {

  private static final int LENGTH_BYTES = 3;
  private static final int TYPE_AT = 3;
  private static final int FLAGS_AT = 4;
  private static final byte NO_TYPE = -1;

  /** A frame of data with no more in it costs us more than it tells. */
  private static final int TINY_BYTES = 32;

  /** A reset ends a request that we have begun; settings are answered and may move all windows. */
  private static final int DEAR = 4;

  private final FrameBudget budget;
  private final Runnable flood;

  /** Bytes of a head that have arrived, and bytes that follow it before the next. */
  private int headBytes;

  private int length;
  private int left = Http2CodecUtil.connectionPrefaceBuf().readableBytes();
  private byte type = NO_TYPE;
  private byte flags;
  private boolean inBlock;
  private boolean broken;
  private long begun;

  /**
   * @param flood hears once that the budget is spent; nothing is passed on any more
   */
  FrameGuard(FrameBudget budget, Runnable flood) {
    this.budget = budget;
    this.flood = flood;
  }

  /** Whether a part of something, and no more, has arrived; bodies of requests do not count. */
  boolean inHead() {
    return headBytes > 0 || inBlock || (left > 0 && type != Http2FrameTypes.DATA);
  }

  /** Things that have begun to arrive so far. */
  long begun() {
    return begun;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    if (!broken && accepts(bytes)) {
      ctx.fireChannelRead(bytes);
      return;
    }
    bytes.release();
    if (!broken) {
      broken = true;
      flood.run();
    }
  }

  private boolean accepts(ByteBuf in) {
    int at = in.readerIndex();
    int end = in.writerIndex();
    while (at < end) {
      int passed = Math.min(left, end - at);
      left -= passed;
      at += passed;
      if (at < end) {
        head(in.getByte(at));
        at++;
      }
      if (headBytes == Http2CodecUtil.FRAME_HEADER_LENGTH) {
        headBytes = 0;
        left = length;
        if (!begins()) {
          return false;
        }
      }
    }
    return true;
  }

  /** Takes the next byte of a frame's head. */
  private void head(byte next) {
    if (headBytes < LENGTH_BYTES) {
      length = (headBytes == 0 ? 0 : length << Byte.SIZE) | Byte.toUnsignedInt(next);
    } else if (headBytes == TYPE_AT) {
      type = next;
    } else if (headBytes == FLAGS_AT) {
      flags = next;
    }
    headBytes++;
  }

  /** Whether the frame whose head is complete may come. */
  private boolean begins() {
    boolean whole = (flags & Http2Flags.END_HEADERS) != 0;
    switch (type) {
      case Http2FrameTypes.HEADERS -> inBlock = !whole;
      case Http2FrameTypes.CONTINUATION -> inBlock = inBlock && !whole;
      default -> {}
    }
    if (type != Http2FrameTypes.CONTINUATION) {
      begun++;
    }
    return budget.spend(cost());
  }

  private int cost() {
    return switch (type) {
      case Http2FrameTypes.DATA -> length <= TINY_BYTES ? 1 : 0;
      case Http2FrameTypes.HEADERS -> 0;
      case Http2FrameTypes.RST_STREAM, Http2FrameTypes.SETTINGS, Http2FrameTypes.GO_AWAY -> DEAR;
      default -> 1;
    };
  }
}
