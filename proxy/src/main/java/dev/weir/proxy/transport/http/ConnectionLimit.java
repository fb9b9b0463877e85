package dev.weir.proxy.transport.http;

import dev.weir.proxy.config.HttpSettings;
import dev.weir.proxy.path.TransportObserver;
import dev.weir.proxy.transport.ConnectionCount;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Step 1: closes connections beyond the limits as soon as they are accepted, before any work is
 * done for them. Thread-safe; sits on the listening channel.
 */
@Sharable
final class ConnectionLimit extends ChannelInboundHandlerAdapter {

  private final ConnectionCount count;
  private final Runnable closed;

  /**
   * @param closed called after each end of a connection
   */
  ConnectionLimit(HttpSettings settings, TransportObserver observer, Runnable closed) {
    this.count =
        new ConnectionCount(
            settings.maxConnections(), settings.maxConnectionsPerAddress(), observer);
    this.closed = closed;
  }

  int open() {
    return count.open();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    Channel accepted = (Channel) message;
    InetAddress address = addressOf(accepted);
    if (!count.enter(address)) {
      accepted.unsafe().closeForcibly();
      return;
    }
    accepted
        .closeFuture()
        .addListener(
            _ -> {
              count.leave(address);
              closed.run();
            });
    ctx.fireChannelRead(accepted);
  }

  private static @Nullable InetAddress addressOf(Channel channel) {
    return channel.remoteAddress() instanceof InetSocketAddress address
        ? address.getAddress()
        : null;
  }
}
