package dev.weir.benchmarks.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One keep-alive connection: a rider that asks, waits, and asks again. At most one request is under
 * way. Everything happens on the event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write or close that fails ends in channelInactive
public final class Connection extends ChannelInboundHandlerAdapter
    implements ConnectionPool.Rider, ConnectionPool.Link {
  private final ConnectionPool<Connection> pool;
  private final Channel channel;
  private final ResponseParser parser = new ResponseParser();
  private @Nullable Load waiting;
  private long dueNanos;
  private long bodyBytes;
  private Remarks remarks = Remarks.NONE;

  Connection(ConnectionPool<Connection> pool, Channel channel) {
    this.pool = pool;
    this.channel = channel;
  }

  /**
   * Sends a request; {@code load} is told once how it ended.
   *
   * @param requests the set that the request is one of
   * @param index of the request in its set
   * @param dueAtNanos when it should have been sent
   */
  public void send(Requests requests, int index, long dueAtNanos, Load load) {
    parser.expect(requests.mark(index));
    waiting = load;
    dueNanos = dueAtNanos;
    channel.writeAndFlush(requests.get(index).retainedDuplicate(), channel.voidPromise());
  }

  @Override
  public boolean usable() {
    return channel.isActive();
  }

  boolean waitsFor(Load load) {
    return load.equals(waiting);
  }

  /** Length of the last complete answer's body. */
  long bodyBytes() {
    return bodyBytes;
  }

  /** What the last complete answer said beside its status. */
  public Remarks remarks() {
    return remarks;
  }

  long dueNanos() {
    return dueNanos;
  }

  @Override
  public void abandon() {
    waiting = null;
    channel.close();
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    pool.opened(this, List.of(this));
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
    remarks = parser.remarks();
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
    remarks = Remarks.NONE;
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
