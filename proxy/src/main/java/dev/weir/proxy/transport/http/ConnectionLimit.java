package dev.weir.proxy.transport.http;

import dev.weir.proxy.config.HttpSettings;
import dev.weir.proxy.path.TransportObserver;
import dev.weir.proxy.path.TransportObserver.Cut;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Step 1: closes connections beyond the limits as soon as they are accepted, before any work is
 * done for them. Thread-safe; sits on the listening channel.
 */
@Sharable
final class ConnectionLimit extends ChannelInboundHandlerAdapter {

  private final int max;
  private final int maxPerAddress;
  private final TransportObserver observer;
  private final Runnable closed;
  private final AtomicInteger open = new AtomicInteger();
  private final Map<InetAddress, Integer> perAddress = new ConcurrentHashMap<>();

  /**
   * @param closed called after each end of a connection
   */
  ConnectionLimit(HttpSettings settings, TransportObserver observer, Runnable closed) {
    this.max = settings.maxConnections();
    this.maxPerAddress = settings.maxConnectionsPerAddress();
    this.observer = observer;
    this.closed = closed;
  }

  int open() {
    return open.get();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    Channel accepted = (Channel) message;
    InetAddress address = addressOf(accepted);
    if (open.get() >= max) {
      refuse(accepted, Cut.TOO_MANY_CONNECTIONS);
    } else if (address == null || perAddress.merge(address, 1, Integer::sum) <= maxPerAddress) {
      open.incrementAndGet();
      observer.connectionOpened();
      accepted.closeFuture().addListener(_ -> leave(address));
      ctx.fireChannelRead(accepted);
    } else {
      forget(address);
      refuse(accepted, Cut.TOO_MANY_FROM_ADDRESS);
    }
  }

  private static @Nullable InetAddress addressOf(Channel channel) {
    return channel.remoteAddress() instanceof InetSocketAddress address
        ? address.getAddress()
        : null;
  }

  private void refuse(Channel accepted, Cut why) {
    observer.connectionCut(why);
    accepted.unsafe().closeForcibly();
  }

  private void leave(@Nullable InetAddress address) {
    if (address != null) {
      forget(address);
    }
    open.decrementAndGet();
    observer.connectionClosed();
    closed.run();
  }

  private void forget(InetAddress address) {
    perAddress.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
  }
}
