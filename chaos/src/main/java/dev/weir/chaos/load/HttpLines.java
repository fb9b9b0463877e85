package dev.weir.chaos.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** HTTP/1.1: each line is a connection. */
@SuppressWarnings("FutureReturnValueIgnored") // whoever hears of the end of a connect is told
final class HttpLines implements Lines {

  private final Bootstrap bootstrap;

  HttpLines(InetSocketAddress server, Manner manner, EventLoop loop) {
    this.bootstrap = bootstrap(server, manner, loop);
  }

  static Bootstrap bootstrap(InetSocketAddress server, Manner manner, EventLoop loop) {
    return new Bootstrap()
        .group(loop)
        .channel(NioSocketChannel.class)
        .remoteAddress(server)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) manner.patience().toMillis());
  }

  @Override
  public void open(Traffic traffic, Consumer<@Nullable Line> then) {
    bootstrap
        .clone()
        .handler(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel channel) {
                channel.pipeline().addLast(new HttpClientCodec(), new Caller(traffic, channel));
              }
            })
        .connect()
        .addListener(done -> connected((ChannelFuture) done, then));
  }

  private static void connected(ChannelFuture future, Consumer<@Nullable Line> then) {
    Caller caller = future.channel().pipeline().get(Caller.class);
    if (!future.isSuccess() || caller == null) {
      future.channel().close();
    }
    then.accept(future.isSuccess() ? caller : null);
  }

  @Override
  public void close() {
    // they are hung up one by one
  }
}
