package dev.weir.benchmarks.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A fixed number of open connections to one server, made beforehand and replaced when lost. They
 * come from many loopback addresses, as riders come from many homes: ports do not get scarce, and a
 * limit per address meets what it would meet in the street. Each brings one rider or more; who was
 * idle for longest is used first, so that all of them take part.
 *
 * <p>Methods run on the event loop, but for {@link #open} and {@link #close}, which anyone may
 * call.
 *
 * @param <R> who uses the connections
 */
public final class ConnectionPool<R extends ConnectionPool.Rider> {
  /** Handshakes under way at the same time; below any usual accept backlog. */
  private static final int CONNECTING_AT_ONCE = 64;

  private static final long RETRY_MILLIS = 200;
  private static final int CONNECT_TIMEOUT_MILLIS = 5_000;

  private final Generator generator;
  private final Bootstrap bootstrap;
  private final int sources;
  private final int size;
  private final ArrayDeque<R> free = new ArrayDeque<>();
  private final Set<Link> open = LinkedHashSet.newLinkedHashSet(16);
  private final CompletableFuture<Void> complete = new CompletableFuture<>();
  private int connecting;
  private int attempts;
  private boolean resting;
  private boolean closing;

  /** Whoever has at most one request under way: a connection, or a stream of one. */
  public interface Rider {
    /** Whether it can ask, as far as one knows. */
    boolean usable();
  }

  /** A connection. Says once that it is {@link #opened}, and once that it is {@link #lost}. */
  public interface Link {
    /** Gives up whatever is under way without telling anybody, and closes. */
    void abandon();
  }

  /** What connections speak. */
  public interface Protocol<R extends Rider> {
    /** Adds to a new channel what makes a {@link Link} of it. */
    void begin(ConnectionPool<R> pool, Channel channel);
  }

  /**
   * @param size connections to keep open
   * @param sources loopback addresses to spread them over, at most 250; 0 for a server elsewhere,
   *     which is reached from whatever address the system chooses
   */
  ConnectionPool(
      Generator generator, InetSocketAddress server, int size, int sources, Protocol<R> protocol) {
    this.generator = generator;
    this.size = size;
    this.sources = sources;
    this.bootstrap =
        new Bootstrap()
            .group(generator.loop())
            .channel(generator.channelType())
            .remoteAddress(server)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    protocol.begin(ConnectionPool.this, channel);
                  }
                });
  }

  /** Starts to connect; done when all are open. Never fails: bound the wait. */
  CompletableFuture<Void> open() {
    generator.execute(this::connectMissing);
    return complete;
  }

  /** Closes all connections and makes no new ones. */
  CompletableFuture<Void> close() {
    return CompletableFuture.runAsync(
        () -> {
          closing = true;
          free.clear();
          List.copyOf(open).forEach(Link::abandon);
        },
        generator.loop());
  }

  /** A rider who waits for nothing; null if there is none. */
  public @Nullable R take() {
    R rider = free.poll();
    while (rider != null && !rider.usable()) {
      rider = free.poll();
    }
    return rider;
  }

  /** The rider's request is over. */
  public void free(R rider) {
    free.add(rider);
  }

  /** The connection can be used, by these. */
  public void opened(Link link, List<R> riders) {
    connecting--;
    if (closing) {
      link.abandon();
      return;
    }
    open.add(link);
    free.addAll(riders);
    if (open.size() == size) {
      complete.complete(null);
    }
    connectMissing();
  }

  /** The connection is closed, whether or not it was ever of use. */
  public void lost(Link link) {
    if (closing) {
      open.remove(link);
    } else if (open.remove(link)) {
      connectMissing();
    } else {
      connecting--;
      rest();
    }
  }

  /** It makes no sense to go on. */
  public void refuse(LoadException because) {
    complete.completeExceptionally(because);
  }

  /** All that are open. */
  List<Link> links() {
    return List.copyOf(open);
  }

  /** How many are open at this moment. */
  public CompletableFuture<Integer> openNow() {
    return CompletableFuture.supplyAsync(open::size, generator.loop());
  }

  private void connectMissing() {
    while (!closing
        && !resting
        && connecting < CONNECTING_AT_ONCE
        && open.size() + connecting < size) {
      connecting++;
      Bootstrap next = bootstrap.clone();
      if (sources > 0) {
        next.localAddress(source(attempts++ % sources));
      }
      next.connect().addListener((ChannelFutureListener) this::connected);
    }
  }

  /** 127.0.1.1 and following. */
  private static InetSocketAddress source(int index) {
    try {
      byte[] address = {127, 0, 1, (byte) (index + 1)};
      return new InetSocketAddress(InetAddress.getByAddress(address), 0);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  private void connected(ChannelFuture future) {
    if (!future.isSuccess()) {
      connecting--;
      rest();
    }
  }

  private void rest() {
    if (!resting) {
      resting = true;
      generator.after(TimeUnit.MILLISECONDS.toNanos(RETRY_MILLIS), this::resume);
    }
  }

  private void resume() {
    resting = false;
    connectMissing();
  }
}
