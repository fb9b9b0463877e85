package dev.weir.proxy.transport.http;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DefaultSocketChannelConfig;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketChannelConfig;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A connection without a network, which counts the memory that is taken for it. */
final class MemoryChannel extends EmbeddedChannel implements SocketChannel {

  private static final InetSocketAddress NOWHERE = InetSocketAddress.createUnresolved("memory", 1);

  /** Takes options, and is never connected. */
  private static final Socket SOCKET = new Socket();

  private final UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(false, true);

  // Both are asked for while the channel is made, before fields get values.

  private @Nullable SocketChannelConfig config;
  private @Nullable AbstractUnsafe unsafe;

  MemoryChannel() {
    config().setAllocator(memory);
  }

  @Override
  protected AbstractUnsafe newUnsafe() {
    unsafe = super.newUnsafe();
    return unsafe;
  }

  /** Unlike that of its kind, runs no tasks amid a write: a real event loop does not either. */
  @Override
  public Unsafe unsafe() {
    return Objects.requireNonNull(unsafe);
  }

  /** Taken and not given back. */
  long usedBytes() {
    return memory.metric().usedDirectMemory() + memory.metric().usedHeapMemory();
  }

  @Override
  public SocketChannelConfig config() {
    SocketChannelConfig known = config;
    if (known == null) {
      known = new DefaultSocketChannelConfig(this, SOCKET);
      config = known;
    }
    return known;
  }

  @Override
  public @Nullable ServerSocketChannel parent() {
    return null;
  }

  @Override
  public InetSocketAddress localAddress() {
    return NOWHERE;
  }

  @Override
  public InetSocketAddress remoteAddress() {
    return NOWHERE;
  }

  @Override
  public boolean isInputShutdown() {
    return !isActive();
  }

  @Override
  public boolean isOutputShutdown() {
    return !isActive();
  }

  @Override
  public boolean isShutdown() {
    return !isActive();
  }

  @Override
  public ChannelFuture shutdownInput() {
    return close();
  }

  @Override
  public ChannelFuture shutdownInput(ChannelPromise promise) {
    return close(promise);
  }

  @Override
  public ChannelFuture shutdownOutput() {
    return close();
  }

  @Override
  public ChannelFuture shutdownOutput(ChannelPromise promise) {
    return close(promise);
  }

  @Override
  public ChannelFuture shutdown() {
    return close();
  }

  @Override
  public ChannelFuture shutdown(ChannelPromise promise) {
    return close(promise);
  }
}
