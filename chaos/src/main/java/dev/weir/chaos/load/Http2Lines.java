package dev.weir.chaos.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** HTTP/2 by prior knowledge: lines take turns to share a few connections. */
@SuppressWarnings("FutureReturnValueIgnored") // whoever hears of the end of a connect is told
final class Http2Lines implements Lines {

  /** So that all lines of a crowd stay below the streams that a server takes on each. */
  private static final int CONNECTIONS = 8;

  private final Bootstrap bootstrap;
  private final @Nullable ChannelFuture[] connections = new ChannelFuture[CONNECTIONS];
  private int turn;

  Http2Lines(InetSocketAddress server, Manner manner, EventLoop loop) {
    this.bootstrap =
        HttpLines.bootstrap(server, manner, loop)
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    Http2Settings settings = Http2Settings.defaultSettings().pushEnabled(false);
                    channel
                        .pipeline()
                        .addLast(
                            Http2FrameCodecBuilder.forClient().initialSettings(settings).build(),
                            new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()));
                  }
                });
  }

  @Override
  public void open(Traffic traffic, Consumer<@Nullable Line> then) {
    turn = (turn + 1) % CONNECTIONS;
    connection(turn).addListener(done -> connected((ChannelFuture) done, traffic, then));
  }

  private ChannelFuture connection(int index) {
    ChannelFuture present = connections[index];
    if (present == null || (present.isDone() && !present.channel().isActive())) {
      present = bootstrap.connect();
      connections[index] = present;
    }
    return present;
  }

  private static void connected(
      ChannelFuture future, Traffic traffic, Consumer<@Nullable Line> then) {
    then.accept(future.isSuccess() ? new Http2Line(traffic, future.channel()) : null);
  }

  @Override
  public void close() {
    for (ChannelFuture connection : connections) {
      if (connection != null) {
        connection.channel().close().awaitUninterruptibly();
      }
    }
  }
}
