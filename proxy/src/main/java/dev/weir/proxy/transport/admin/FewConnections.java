package dev.weir.proxy.transport.admin;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.atomic.AtomicInteger;

/** Closes connections beyond what operators and their tools need. Sits on the listening channel. */
@Sharable
final class FewConnections extends ChannelInboundHandlerAdapter {

  private static final int MAX = 64;

  private final AtomicInteger open = new AtomicInteger();

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    Channel accepted = (Channel) message;
    if (open.get() >= MAX) {
      accepted.unsafe().closeForcibly();
      return;
    }
    open.incrementAndGet();
    accepted.closeFuture().addListener(_ -> open.decrementAndGet());
    ctx.fireChannelRead(accepted);
  }
}
