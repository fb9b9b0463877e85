package dev.weir.chaos.fault;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * A bad network: takes connections on a port of its own and passes bytes on to a server and back,
 * late, slowly, in part, or not at all. What it is like can be changed at any time. Works on one
 * event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // whoever fails ends in channelInactive
public final class FaultProxy implements AutoCloseable {

  private static final double NANOS_PER_SECOND = 1e9;
  private static final double NANOS_PER_MILLI = 1e6;

  /**
   * What the network is like.
   *
   * @param latencyMillis by which bytes are late, each way
   * @param jitterMillis that are added at random, at most; bytes stay in order
   * @param bytesPerSecond of a connection, each way; 0 for no bound
   * @param truncateAfterBytes of what the server says on a connection, after which it is reset; 0
   *     for never
   * @param blackhole swallows everything and says nothing
   */
  public record Weather(
      long latencyMillis,
      long jitterMillis,
      long bytesPerSecond,
      long truncateAfterBytes,
      boolean blackhole) {

    public static final Weather FINE = new Weather(0, 0, 0, 0, false);
  }

  private final InetSocketAddress server;
  private final SplittableRandom random;
  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("chaos-proxy", true), NioIoHandler.newFactory());
  private final Channel listener;
  private volatile Weather weather = Weather.FINE;

  /**
   * @param seed of the jitter
   */
  public FaultProxy(InetSocketAddress server, long seed) {
    this.server = server;
    this.random = new SplittableRandom(seed);
    this.listener =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(initializer(this::accept))
            .bind(InetAddress.getLoopbackAddress(), 0)
            .syncUninterruptibly()
            .channel();
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return (InetSocketAddress) listener.localAddress();
  }

  public void weather(Weather next) {
    weather = next;
  }

  private interface Setup {
    void of(Channel channel);
  }

  private static ChannelHandler initializer(Setup setup) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        setup.of(channel);
      }
    };
  }

  private void accept(Channel caller) {
    new Bootstrap()
        .group(group)
        .channel(NioSocketChannel.class)
        .option(ChannelOption.AUTO_READ, false)
        .option(ChannelOption.TCP_NODELAY, true)
        .handler(initializer(back -> back.pipeline().addLast(new Pipe(caller, true))))
        .connect(server)
        .addListener(done -> join(caller, (ChannelFuture) done));
  }

  private void join(Channel caller, ChannelFuture connected) {
    if (!connected.isSuccess()) {
      caller.close();
      return;
    }
    caller.pipeline().addLast(new Pipe(connected.channel(), false));
    caller.closeFuture().addListener(_ -> connected.channel().close());
    caller.read();
    connected.channel().read();
  }

  /** One direction of one connection. */
  private final class Pipe extends ChannelInboundHandlerAdapter {
    private final Channel to;
    private final boolean answers;
    private long passedBytes;
    private long freeAtNanos = System.nanoTime();

    Pipe(Channel to, boolean answers) {
      this.to = to;
      this.answers = answers;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      Weather now = weather;
      ByteBuf bytes = (ByteBuf) message;
      if (now.blackhole()) {
        ReferenceCountUtil.release(message);
        context.read();
        return;
      }
      long left = now.truncateAfterBytes() - passedBytes;
      if (answers && now.truncateAfterBytes() > 0 && bytes.readableBytes() >= left) {
        ByteBuf part = bytes.readRetainedSlice((int) Math.max(0, left));
        bytes.release();
        to.writeAndFlush(part).addListener(_ -> reset(context));
        return;
      }
      passedBytes += bytes.readableBytes();
      long delayNanos = delayNanos(now, bytes.readableBytes());
      context.executor().schedule(() -> pass(context, bytes), delayNanos, TimeUnit.NANOSECONDS);
    }

    private long delayNanos(Weather now, int bytes) {
      long nowNanos = System.nanoTime();
      double lateMillis = now.latencyMillis() + random.nextDouble() * now.jitterMillis();
      double sendNanos =
          now.bytesPerSecond() == 0 ? 0 : bytes * NANOS_PER_SECOND / now.bytesPerSecond();
      long atNanos = nowNanos + (long) (lateMillis * NANOS_PER_MILLI + sendNanos);
      freeAtNanos = Math.max(freeAtNanos + (long) sendNanos, atNanos);
      return freeAtNanos - nowNanos;
    }

    private void pass(ChannelHandlerContext context, ByteBuf bytes) {
      to.writeAndFlush(bytes)
          .addListener(
              done -> {
                if (done.isSuccess()) {
                  context.read();
                } else {
                  context.close();
                }
              });
    }

    private void reset(ChannelHandlerContext context) {
      to.config().setOption(ChannelOption.SO_LINGER, 0);
      to.close();
      context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      to.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
