package dev.weir.benchmarks.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/**
 * One keep-alive connection: a rider that asks, waits, and asks again. At most one request is under
 * way. Everything happens on the event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write or close that fails ends in channelInactive
final class Connection extends ChannelInboundHandlerAdapter {
  private final ConnectionPool pool;
  private final Channel channel;
  private final ResponseParser parser = new ResponseParser();
  private @Nullable Load waiting;
  private int request;
  private long dueNanos;
  private long bodyBytes;

  Connection(ConnectionPool pool, Channel channel) {
    this.pool = pool;
    this.channel = channel;
  }

  /**
   * Sends a request; {@code load} is told once how it ended.
   *
   * @param index of the request in its set
   * @param dueAtNanos when it should have been sent
   */
  void send(ByteBuf bytes, int index, long dueAtNanos, Load load) {
    waiting = load;
    request = index;
    dueNanos = dueAtNanos;
    channel.writeAndFlush(bytes.retainedDuplicate(), channel.voidPromise());
  }

  boolean usable() {
    return channel.isActive();
  }

  boolean waitsFor(Load load) {
    return load.equals(waiting);
  }

  int request() {
    return request;
  }

  /** Length of the last complete answer's body. */
  long bodyBytes() {
    return bodyBytes;
  }

  long dueNanos() {
    return dueNanos;
  }

  /** Gives up whatever is under way without telling anybody, and closes. */
  void abandon() {
    waiting = null;
    channel.close();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf in = (ByteBuf) message;
    try {
      switch (parser.feed(in)) {
        case MORE -> {}
        case BROKEN -> channel.close();
        case DONE -> complete(in.isReadable());
      }
    } finally {
      in.release();
    }
  }

  private void complete(boolean surplus) {
    Load load = waiting;
    boolean reusable = parser.keepAlive() && !surplus && load != null;
    int status = parser.status();
    boolean routed = parser.routed();
    bodyBytes = parser.bodyBytes();
    parser.reset();
    waiting = null;
    if (reusable) {
      pool.free(this);
    } else {
      channel.close();
    }
    if (load != null) {
      load.answered(this, status, routed);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    Load load = waiting;
    waiting = null;
    pool.lost(this);
    if (load != null) {
      load.answered(this, 0, false);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    channel.close();
  }
}
