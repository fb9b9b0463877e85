package dev.weir.chaos.load;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** gRPC: lines take turns to share a few connections, as calls do that somebody else balances. */
final class GrpcLines implements Lines {

  private static final int CONNECTIONS = 4;
  private static final long END_SECONDS = 2;

  private final List<ManagedChannel> channels = new ArrayList<>();
  private int turn;

  GrpcLines(InetSocketAddress server, EventLoop loop) {
    for (int i = 0; i < CONNECTIONS; i++) {
      channels.add(NettyChannelBuilder.forAddress(server).usePlaintext().executor(loop).build());
    }
  }

  @Override
  public void open(Traffic traffic, Consumer<@Nullable Line> then) {
    turn = (turn + 1) % CONNECTIONS;
    then.accept(new GrpcLine(traffic, channels.get(turn)));
  }

  @Override
  public void close() {
    channels.forEach(ManagedChannel::shutdownNow);
    try {
      for (ManagedChannel channel : channels) {
        var _ = channel.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
