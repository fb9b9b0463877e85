package dev.weir.proxy.transport.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/**
 * Looks at the first bytes of a connection in clear text, which begin like no request of HTTP/1.1
 * where the caller knows that HTTP/2 is spoken here (RFC 9113, 3.3). Goes when it has seen enough.
 * Used on its event loop only.
 */
final class PriorKnowledge extends ByteToMessageDecoder {

  private static final ByteBuf BEGINNING =
      Unpooled.unreleasableBuffer(Unpooled.directBuffer().writeBytes(HeadBytes.ascii("PRI ")));

  private final Runnable http2;

  /**
   * @param http2 makes the connection one of HTTP/2
   */
  PriorKnowledge(Runnable http2) {
    this.http2 = http2;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    int seen = Math.min(in.readableBytes(), BEGINNING.readableBytes());
    boolean alike = ByteBufUtil.equals(in, in.readerIndex(), BEGINNING, 0, seen);
    if (alike && seen < BEGINNING.readableBytes()) {
      return;
    }
    if (alike) {
      http2.run();
    }
    ctx.pipeline().remove(this);
  }
}
