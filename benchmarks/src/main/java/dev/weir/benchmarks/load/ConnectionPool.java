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
 * limit per address meets what it would meet in the street. The longest idle one is used first, so
 * that all of them take part.
 *
 * <p>Methods run on the event loop, but for {@link #open} and {@link #close}, which anyone may
 * call.
 */
public final class ConnectionPool {
  /** Handshakes under way at the same time; below any usual accept backlog. */
  private static final int CONNECTING_AT_ONCE = 64;

  private static final long RETRY_MILLIS = 200;
  private static final int CONNECT_TIMEOUT_MILLIS = 5_000;

  private final Generator generator;
  private final Bootstrap bootstrap;
  private final int sources;
  private final int size;
  private final ArrayDeque<Connection> free = new ArrayDeque<>();
  private final Set<Connection> open = LinkedHashSet.newLinkedHashSet(16);
  private final CompletableFuture<Void> complete = new CompletableFuture<>();
  private int connecting;
  private int attempts;
  private boolean resting;
  private boolean closing;

  /**
   * @param size connections to keep open
   * @param sources loopback addresses to spread them over, at most 250; 0 for a server elsewhere,
   *     which is reached from whatever address the system chooses
   */
  ConnectionPool(Generator generator, InetSocketAddress server, int size, int sources) {
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
                    channel.pipeline().addLast(new Connection(ConnectionPool.this, channel));
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
          List.copyOf(open).forEach(Connection::abandon);
        },
        generator.loop());
  }

  /** A connection that waits for nothing; null if there is none. */
  public @Nullable Connection take() {
    Connection connection = free.poll();
    while (connection != null && !connection.usable()) {
      connection = free.poll();
    }
    return connection;
  }

  void free(Connection connection) {
    free.add(connection);
  }

  void lost(Connection connection) {
    if (open.remove(connection) && !closing) {
      connectMissing();
    }
  }

  /** Closes those that still wait for an answer to {@code load}, and returns what they asked. */
  List<Connection> abandon(Load load) {
    List<Connection> late = open.stream().filter(c -> c.waitsFor(load)).toList();
    late.forEach(Connection::abandon);
    return late;
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
    connecting--;
    if (!future.isSuccess()) {
      rest();
      return;
    }
    Connection connection = future.channel().pipeline().get(Connection.class);
    if (connection != null && closing) {
      connection.abandon();
    } else if (connection != null && connection.usable()) {
      open.add(connection);
      free.add(connection);
    }
    if (open.size() == size) {
      complete.complete(null);
    }
    connectMissing();
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
