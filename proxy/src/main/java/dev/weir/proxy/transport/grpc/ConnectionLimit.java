package dev.weir.proxy.transport.grpc;

import dev.weir.proxy.config.GrpcSettings;
import dev.weir.proxy.path.TransportObserver;
import dev.weir.proxy.transport.ConnectionCount;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandler.Sharable;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Closes connections beyond the limits as soon as they are accepted, before gRPC hears of them.
 * Thread-safe; sits on the listening channel, where gRPC lets us put it when we make that channel.
 */
@Sharable
final class ConnectionLimit extends ChannelInboundHandlerAdapter {

  private final ConnectionCount count;

  ConnectionLimit(GrpcSettings settings, TransportObserver observer) {
    this.count =
        new ConnectionCount(
            settings.maxConnections(), settings.maxConnectionsPerAddress(), observer);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    Channel accepted = (Channel) message;
    InetAddress address = addressOf(accepted);
    if (!count.enter(address)) {
      accepted.unsafe().closeForcibly();
      return;
    }
    var _ = accepted.closeFuture().addListener(_ -> count.leave(address));
    ctx.fireChannelRead(accepted);
  }

  private static @Nullable InetAddress addressOf(Channel channel) {
    return channel.remoteAddress() instanceof InetSocketAddress address
        ? address.getAddress()
        : null;
  }
}
