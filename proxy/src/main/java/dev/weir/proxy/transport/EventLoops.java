package dev.weir.proxy.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.DefaultSelectStrategyFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SelectStrategyFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.spi.SelectorProvider;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that read and write sockets: platform threads, on epoll where the machine has it and
 * on NIO otherwise. Thread-safe.
 */
public final class EventLoops implements AutoCloseable {

  private static final int CLOSE_SECONDS = 5;
  private static final int EVENTS_PER_LOOK = 256;

  private static final String LEAK_LEVEL = "io.netty.leakDetection.level";

  static {
    // To remember where every 128th buffer came from costs 2 % of a processor in a flood. The tests
    // look at all of them.
    if (System.getProperty(LEAK_LEVEL) == null) {
      ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
    }
  }

  private final EventLoopGroup group;
  private final Class<? extends ServerSocketChannel> channelType;

  private EventLoops(EventLoopGroup group, Class<? extends ServerSocketChannel> channelType) {
    this.group = group;
    this.channelType = channelType;
  }

  /**
   * Threads that a port for callers gets.
   *
   * @param wished 0 for one per two processors
   */
  public static int count(int wished) {
    return wished > 0 ? wished : Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
  }

  /**
   * Starts no thread yet.
   *
   * @param name threads are called {@code name-1}, {@code name-2} …
   */
  public static EventLoops named(String name, int threads) {
    return named(name, threads, DefaultSelectStrategyFactory.INSTANCE);
  }

  /**
   * @param looks says when threads look at their sockets
   */
  public static EventLoops named(String name, int threads, SelectStrategyFactory looks) {
    AtomicInteger number = new AtomicInteger();
    ThreadFactory factory =
        task -> {
          Thread thread = new FastThreadLocalThread(task, name + "-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        };
    return Epoll.isAvailable()
        ? new EventLoops(
            new MultiThreadIoEventLoopGroup(
                threads, factory, EpollIoHandler.newFactory(EVENTS_PER_LOOK, looks)),
            EpollServerSocketChannel.class)
        : new EventLoops(
            new MultiThreadIoEventLoopGroup(
                threads, factory, NioIoHandler.newFactory(SelectorProvider.provider(), looks)),
            NioServerSocketChannel.class);
  }

  /** The kernel interface in use. */
  public String kind() {
    return channelType == EpollServerSocketChannel.class ? "epoll" : "NIO";
  }

  /**
   * Opens a port; blocks until it is open.
   *
   * @param setting prefix of the setting to change when the port is taken
   */
  public Channel bind(ServerBootstrap bootstrap, String host, int port, String setting)
      throws BindFailed {
    ChannelFuture bound =
        bootstrap.group(group).channel(channelType).bind(host, port).awaitUninterruptibly();
    Throwable cause = bound.cause();
    if (cause == null) {
      return bound.channel();
    }
    throw taken(host, port, setting, cause);
  }

  /** What to tell of a port that cannot be opened. */
  public static BindFailed taken(String host, int port, String setting, Throwable cause) {
    String reason = cause.getMessage() == null ? cause.getClass().getName() : cause.getMessage();
    return new BindFailed(
        "cannot listen on %s:%d: %s; stop what uses it, or choose another with %s.host or %s.port"
            .formatted(host, port, reason.lines().findFirst().orElse(""), setting, setting),
        cause);
  }

  /**
   * Finds out whether a port can be opened, for those who would rather know before long work.
   *
   * @param setting as for {@link #bind}
   */
  public static void checkFree(String host, int port, String setting) throws BindFailed {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(host, port));
    } catch (IOException e) {
      throw taken(host, port, setting, e);
    }
  }

  /** Runs the task on every thread, soon; returns how many there are. */
  public int onEach(Runnable task) {
    int threads = 0;
    for (EventExecutor loop : group) {
      loop.execute(task);
      threads++;
    }
    return threads;
  }

  /** Stops the threads; waits for a few seconds at most. */
  @Override
  public void close() {
    group
        .shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS)
        .awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
  }
}
