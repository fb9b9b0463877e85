package dev.weir.benchmarks.load;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * The one event loop on which all load is made: epoll where there is one, whose timers are finer
 * than a millisecond, else NIO. A second thread would only fight the first for the one core it has.
 */
final class Generator implements AutoCloseable {
  private final MultiThreadIoEventLoopGroup group;

  Generator() {
    IoHandlerFactory io =
        Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    group = new MultiThreadIoEventLoopGroup(1, io);
  }

  EventLoop loop() {
    return group.next();
  }

  /** Runs the task on the loop; callable from anywhere. */
  void execute(Runnable task) {
    loop().execute(task);
  }

  /** Runs the task on the loop, not before the time is over. */
  @SuppressWarnings("FutureReturnValueIgnored") // Netty logs what a task throws; nobody cancels one
  void after(long nanos, Runnable task) {
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
