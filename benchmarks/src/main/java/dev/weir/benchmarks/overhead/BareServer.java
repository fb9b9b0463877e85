package dev.weir.benchmarks.overhead;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.weir.proxy.transport.BindFailed;
import dev.weir.proxy.transport.EventLoops;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The least that a server can be that hands searches to a worker: it finds the ends of requests,
 * has a question answered for each on a thread of its own, throws the answer away and sends bytes
 * that were ready. It reads no request, refuses nobody and writes no JSON. What it costs over the
 * engine alone, any server does.
 */
final class BareServer implements AutoCloseable {

  /** As long as routes of {@code weir.v1} in Porto are on average. */
  private static final int BODY_BYTES = 3_800;

  private final EventLoops loops = EventLoops.named("bare", 1);
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("bare-worker").daemon().factory());
  private final ByteBuf answer = Unpooled.unreleasableBuffer(answer());
  private final ByteBuf headEnd = Unpooled.copiedBuffer("\r\n\r\n", US_ASCII);
  private final Runnable question;
  private final Channel port;

  /**
   * @param question asks the engine; by one thread at a time
   */
  BareServer(Runnable question) throws BindFailed {
    this.question = question;
    ServerBootstrap bootstrap = new ServerBootstrap();
    bootstrap.childHandler(
        new ChannelInitializer<Channel>() {
          @Override
          protected void initChannel(Channel connection) {
            connection.pipeline().addLast(new Heads());
          }
        });
    this.port = loops.bind(bootstrap, "127.0.0.1", 0, "bare");
  }

  private static ByteBuf answer() {
    String body = "{\"route\":\"" + "a".repeat(BODY_BYTES) + "\"}";
    String head =
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: "
            + body.length()
            + "\r\n\r\n";
    byte[] bytes = (head + body).getBytes(US_ASCII);
    return Unpooled.directBuffer(bytes.length).writeBytes(bytes);
  }

  int port() {
    return ((InetSocketAddress) port.localAddress()).getPort();
  }

  private final class Heads extends ByteToMessageDecoder {
    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
      int end = ByteBufUtil.indexOf(headEnd, in);
      if (end >= 0) {
        in.readerIndex(end + headEnd.readableBytes());
        worker.execute(() -> answer(context));
      }
    }

    private void answer(ChannelHandlerContext context) {
      question.run();
      var _ = context.writeAndFlush(answer.duplicate(), context.voidPromise());
    }
  }

  @Override
  public void close() {
    worker.shutdownNow();
    loops.close();
  }
}
