package dev.weir.benchmarks.load.http2;

import dev.weir.benchmarks.load.TinyServer;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamFrame;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * A server of HTTP/2 in clear text that answers each request with what a function of its path
 * returns: a response as HTTP/1.1 writes it, or one of the words here.
 */
public final class TinyHttp2 implements AutoCloseable {
  public static final String SILENCE = "";

  /** Refuses the stream. */
  public static final String RESET = "reset";

  /** Tells the caller to go, and answers with a route. */
  public static final String GO_AWAY = "go away";

  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger left = new AtomicInteger();
  private final Channel listener;

  /**
   * @param streams that it allows on a connection at a time
   */
  public TinyHttp2(int streams, Function<String, String> answers) {
    listener =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    connections.incrementAndGet();
                    channel
                        .pipeline()
                        .addLast(
                            Http2FrameCodecBuilder.forServer()
                                .initialSettings(
                                    Http2Settings.defaultSettings().maxConcurrentStreams(streams))
                                .build(),
                            new Http2MultiplexHandler(new Streams(answers)));
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .syncUninterruptibly()
            .channel();
  }

  public InetSocketAddress address() {
    return (InetSocketAddress) listener.localAddress();
  }

  /** That were made until now. */
  public int connections() {
    return connections.get();
  }

  /** Streams that their callers gave up. */
  public int left() {
    return left.get();
  }

  private final class Streams extends ChannelInitializer<Channel> {
    private final Function<String, String> answers;

    private Streams(Function<String, String> answers) {
      this.answers = answers;
    }

    @Override
    protected void initChannel(Channel channel) {
      channel.pipeline().addLast(new Answering(answers));
    }
  }

  private final class Answering extends SimpleChannelInboundHandler<Http2StreamFrame> {
    private final Function<String, String> answers;

    private Answering(Function<String, String> answers) {
      this.answers = answers;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, Http2StreamFrame frame) {
      if (frame instanceof Http2HeadersFrame head) {
        CharSequence path = head.headers().path();
        answer(context, answers.apply(path == null ? "" : path.toString()));
      }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof Http2ResetFrame) {
        left.incrementAndGet();
      }
    }

    private void answer(ChannelHandlerContext context, String answer) {
      switch (answer) {
        case SILENCE -> {}
        case RESET ->
            context.writeAndFlush(
                new DefaultHttp2ResetFrame(Http2Error.REFUSED_STREAM), context.voidPromise());
        case GO_AWAY -> {
          context
              .channel()
              .parent()
              .writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR));
          respond(context, TinyServer.ROUTE);
        }
        default -> respond(context, answer);
      }
    }

    private static void respond(ChannelHandlerContext context, String answer) {
      int end = answer.indexOf("\r\n\r\n");
      String[] lines = answer.substring(0, end).split("\r\n", -1);
      Http2Headers head = new DefaultHttp2Headers().status(lines[0].split(" ", -1)[1]);
      for (int i = 1; i < lines.length; i++) {
        int colon = lines[i].indexOf(':');
        head.add(
            lines[i].substring(0, colon).toLowerCase(java.util.Locale.ROOT),
            lines[i].substring(colon + 1).strip());
      }
      context.write(new DefaultHttp2HeadersFrame(head), context.voidPromise());
      String body = answer.substring(end + 4);
      int middle = body.length() / 2; // in two frames
      context.write(
          new DefaultHttp2DataFrame(
              ByteBufUtil.writeAscii(context.alloc(), body.substring(0, middle))),
          context.voidPromise());
      context.writeAndFlush(
          new DefaultHttp2DataFrame(
              ByteBufUtil.writeAscii(context.alloc(), body.substring(middle)), true),
          context.voidPromise());
    }
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 5, java.util.concurrent.TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
