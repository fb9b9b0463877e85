package dev.weir.chaos.fault;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Many connections whose owners do not behave: who say something, or nothing, or a byte at a time,
 * and who do not read unless told otherwise. Thread-safe; works on one event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // whoever fails is counted or gone
public final class Crowd implements AutoCloseable {

  /** Handshakes under way at the same time; below any usual accept backlog. */
  private static final int CONNECTING_AT_ONCE = 256;

  private static final String OK = "HTTP/1.1 200";
  private static final int SMALL_WINDOW_BYTES = 4_096;
  private static final int CONNECT_TIMEOUT_MILLIS = 5_000;

  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("chaos-crowd", true), NioIoHandler.newFactory());
  private final EventLoop loop = group.next();
  private final Bootstrap bootstrap;
  private final Set<Channel> open = new LinkedHashSet<>();
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger tried = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();
  private final AtomicInteger served = new AtomicInteger();
  private final AtomicInteger answered = new AtomicInteger();

  /** What those who are still to come will say. */
  private final ArrayDeque<byte[]> missing = new ArrayDeque<>();

  private int connecting;
  private boolean closing;

  /**
   * @param reads whether they take what is sent to them, and so notice when they are cut off
   */
  public Crowd(InetSocketAddress server, boolean reads) {
    this.bootstrap =
        new Bootstrap()
            .group(group)
            .channel(NioSocketChannel.class)
            .remoteAddress(server)
            .option(ChannelOption.AUTO_READ, reads)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel.pipeline().addLast(new Member());
                  }
                });
    if (!reads) {
      bootstrap.option(ChannelOption.SO_RCVBUF, SMALL_WINDOW_BYTES);
    }
  }

  /**
   * So many more come, each of whom says this first. Returns at once.
   *
   * @param words not to be changed afterwards
   */
  public void join(int size, byte[] words) {
    loop.execute(
        () -> {
          missing.addAll(Collections.nCopies(size, words));
          connect();
        });
  }

  private void connect() {
    while (!missing.isEmpty() && connecting < CONNECTING_AT_ONCE && !closing) {
      byte[] words = missing.remove();
      connecting++;
      bootstrap.connect().addListener(done -> connected((ChannelFuture) done, words));
    }
  }

  private void connected(ChannelFuture future, byte[] words) {
    connecting--;
    tried.incrementAndGet();
    if (future.isSuccess() && !closing) {
      opened.incrementAndGet();
      open.add(future.channel());
      future.channel().writeAndFlush(Unpooled.wrappedBuffer(words));
    } else {
      ended.incrementAndGet();
      future.channel().close();
    }
    connect();
  }

  /** Everybody who is still there says one byte of this after the other, with pauses between. */
  public void dribble(byte[] words, long everyMillis) {
    for (int i = 0; i < words.length; i++) {
      byte[] next = {words[i]};
      loop.schedule(() -> say(next), i * everyMillis, TimeUnit.MILLISECONDS);
    }
  }

  private void say(byte[] words) {
    open.forEach(channel -> channel.writeAndFlush(Unpooled.wrappedBuffer(words)));
  }

  /** Everybody who is still there is gone without a goodbye, as if unplugged. */
  public void reset() {
    loop.execute(
        () -> {
          for (Channel channel : List.copyOf(open)) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
            channel.close();
          }
        });
  }

  /** Connections that were made. */
  public int opened() {
    return opened.get();
  }

  /** Connections that were tried: made or not, and whatever became of them. */
  public int tried() {
    return tried.get();
  }

  /** Connections that could not be made, or have ended. */
  public int ended() {
    return ended.get();
  }

  /** Answers with status 200. */
  public int served() {
    return served.get();
  }

  /** Connections on which anything came back. */
  public int answered() {
    return answered.get();
  }

  private final class Member extends SimpleChannelInboundHandler<ByteBuf> {
    private boolean heard;
    private String last = "";

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
      if (!heard) {
        heard = true;
        answered.incrementAndGet();
      }
      String heardNow = last + bytes.toString(StandardCharsets.ISO_8859_1);
      for (int at = heardNow.indexOf(OK); at >= 0; at = heardNow.indexOf(OK, at + 1)) {
        served.incrementAndGet();
      }
      last = heardNow.substring(Math.max(0, heardNow.length() - OK.length() + 1));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      if (open.remove(context.channel())) {
        ended.incrementAndGet();
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }

  @Override
  public void close() {
    if (group.isShuttingDown()) {
      return;
    }
    loop.submit(
            () -> {
              closing = true;
              List.copyOf(open).forEach(Channel::close);
            })
        .awaitUninterruptibly();
    group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
