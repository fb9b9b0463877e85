package dev.weir.benchmarks.load;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SelectStrategyFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.concurrent.TimeUnit;

/**
 * The one event loop on which all load is made: epoll where there is one, whose timers are finer
 * than a millisecond, else NIO. A second thread would only fight the first for the one core it has.
 *
 * <p>It never sleeps: it asks its sockets again and again, whether or not something is due. To wake
 * a sleeping thread on another processor is work for whoever writes to its socket, here the server,
 * and on a virtual machine more work than all the rest of the answer. Callers from elsewhere cost a
 * server nothing of the kind.
 */
public final class Generator implements AutoCloseable {
  private static final int EVENTS_AT_ONCE = 256;

  private final Spin spin = new Spin();
  private final MultiThreadIoEventLoopGroup group;

  public Generator() {
    SelectStrategyFactory sleepless = () -> spin;
    IoHandlerFactory io =
        Epoll.isAvailable()
            ? EpollIoHandler.newFactory(EVENTS_AT_ONCE, sleepless)
            : NioIoHandler.newFactory(SelectorProvider.provider(), sleepless);
    group = new MultiThreadIoEventLoopGroup(1, io);
  }

  /** Time that was not spent asking in vain; on the loop. */
  public long workNanos() {
    return spin.workNanos();
  }

  public EventLoop loop() {
    return group.next();
  }

  /** Runs the task on the loop; callable from anywhere. */
  public void execute(Runnable task) {
    loop().execute(task);
  }

  /** Runs the task on the loop, not before the time is over. */
  @SuppressWarnings("FutureReturnValueIgnored") // Netty logs what a task throws; nobody cancels one
  public void after(long nanos, Runnable task) {
    loop().schedule(task, nanos, TimeUnit.NANOSECONDS);
  }

  Class<? extends Channel> channelType() {
    return Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class;
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
