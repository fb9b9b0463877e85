package dev.weir.proxy.transport.http;

import dev.weir.proxy.path.Caller;
import dev.weir.proxy.path.TransportObserver.Cut;
import dev.weir.proxy.transport.http.Patience.Wait;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: hands its requests to a {@link Reception} one after the other, writes the
 * answers, and ends it all when time or patience is over. Used on its event loop, but for {@link
 * #handOver}.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write or close ends the connection anyway
final class Connection extends ChannelInboundHandlerAdapter implements Carrier {

  // Answers are written as they come and flushed once per read, so that pipelined requests share
  // system calls; an answer that comes later, from a worker, is flushed by resume().

  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

  private static final ByteBuf CONTINUE =
      Unpooled.unreleasableBuffer(
          Unpooled.directBuffer().writeBytes(HeadBytes.ascii("HTTP/1.1 100 Continue\r\n\r\n")));

  private final SocketChannel channel;
  private final String caller;
  private final Shared shared;
  private final StrictDecoder decoder;
  private final Backlog backlog;
  private final Patience patience;
  private final Reception reception;
  private final Cover cover;

  private boolean batching;
  private boolean unflushed;

  /** The last answer was written or is being written; what still arrives is of no interest. */
  private boolean closing;

  /**
   * Part of what the caller sent was not read, so that closing at once would reset the connection.
   */
  private boolean unread;

  Connection(SocketChannel channel, Shared shared, StrictDecoder decoder, String caller) {
    this.channel = channel;
    this.caller = caller;
    this.cover = new Cover(channel);
    this.shared = shared;
    this.decoder = decoder;
    this.backlog = new Backlog(channel, shared.settings().maxPipelined());
    this.patience = new Patience(channel, shared, this::callerSilent, () -> cut(Cut.SLOW_READER));
    this.reception = new Reception(this, shared, Caller.at(caller));
  }

  @Override
  public ByteBufAllocator allocator() {
    return channel.alloc();
  }

  @Override
  public boolean http2() {
    return false;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    settle();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    batching = true;
    HttpObject object = (HttpObject) message;
    if (closing) {
      unread &= !(object instanceof LastHttpContent);
      ReferenceCountUtil.release(object);
    } else if (backlog.isEmpty() && (mayBegin() || !(object instanceof HttpRequest))) {
      dispatch(object);
    } else {
      backlog.add(object);
    }
  }

  private boolean mayBegin() {
    return !reception.busy() && channel.isWritable();
  }

  private void dispatch(HttpObject object) {
    try {
      if (object instanceof HttpRequest request) {
        patience.restart();
        reception.begin(request);
      } else if (object instanceof HttpContent piece) {
        reception.content(piece);
      }
    } catch (RuntimeException | Error fault) {
      reception.failed(fault);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    batching = false;
    settle();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (channel.isWritable() && !batching) {
      resume();
    }
  }

  /** Goes on with what was sent ahead. */
  private void resume() {
    batching = true;
    for (HttpObject next = next(); next != null; next = next()) {
      dispatch(next);
    }
    batching = false;
    settle();
    backlog.readOn();
  }

  private @Nullable HttpObject next() {
    return closing ? null : backlog.poll(mayBegin());
  }

  /** Sends what was written, and sets the time limits for what the caller has to do next. */
  private void settle() {
    if (unflushed) {
      unflushed = false;
      channel.flush();
    }
    patience.watchReader();
    if (closing) {
      return;
    }
    if (reception.busy()) {
      patience.awaits(reception.awaitsCaller() ? Wait.REST_OF_BODY : Wait.NOTHING);
      if (channel.isWritable()) {
        reception.writable();
      }
    } else if (decoder.inHead()) {
      patience.awaits(Wait.REST_OF_HEAD);
    } else if (shared.draining()) {
      closeWhenWritten();
    } else {
      patience.awaits(Wait.NEXT_REQUEST);
    }
  }

  @Override
  public void goOn(Runnable task) {
    try {
      channel
          .eventLoop()
          .execute(
              () -> {
                try {
                  task.run();
                } catch (RuntimeException | Error fault) {
                  reception.failed(fault);
                }
                resume();
              });
    } catch (RejectedExecutionException e) {
      channel.close(); // the loop has ended, and its connections with it
    }
  }

  @Override
  public void handOver(Exchange from, Outgoing answer) {
    // An answer from this very loop may be that to a call of another connection, which has
    // displaced
    // ours: to go on with our next call there and then would nest call in call in call.
    if (channel.eventLoop().inEventLoop() && batching) {
      take(from, answer);
      return;
    }
    try {
      channel.eventLoop().execute(() -> take(from, answer));
    } catch (RejectedExecutionException e) {
      answer.drop(shared.held());
    }
  }

  private void take(Exchange from, Outgoing answer) {
    if (closing || !channel.isActive() || !reception.expects(from)) {
      answer.drop(shared.held());
      return;
    }
    try {
      reception.send(answer);
    } catch (RuntimeException | Error fault) {
      reception.failed(fault);
    }
    if (!batching) {
      resume();
    }
  }

  @Override
  public void write(Encoded answer, boolean last, boolean bodyUnread) {
    unflushed = true;
    if (!last && answer.heldBytes() == 0) {
      channel.write(answer.bytes(), channel.voidPromise());
      return;
    }
    if (last) {
      readNoMore(bodyUnread);
    }
    channel
        .write(answer.bytes())
        .addListener((ChannelFuture f) -> written(f, answer.heldBytes(), last));
  }

  /** The last answer is about to be written. */
  private void readNoMore(boolean bodyUnread) {
    closing = true;
    unread = bodyUnread || !backlog.isEmpty();
    patience.awaits(Wait.NOTHING);
    backlog.clear();
    backlog.readOn();
  }

  @Override
  public void writeHead(Encoded head) {
    unflushed = true;
    channel.write(head.bytes(), channel.voidPromise());
  }

  @Override
  public void writePiece(ByteBuf piece, int heldBytes) {
    unflushed = true;
    boolean chunked = reception.knowsChunks();
    if (chunked) {
      channel.write(Chunk.begin(piece.readableBytes(), channel.alloc()), channel.voidPromise());
    }
    channel.write(piece).addListener((ChannelFuture f) -> written(f, heldBytes, false));
    if (chunked) {
      channel.write(Chunk.END.duplicate(), channel.voidPromise());
    }
  }

  @Override
  public boolean writable() {
    return channel.isWritable();
  }

  @Override
  public void writeEnd(boolean last, boolean bodyUnread) {
    unflushed = true;
    ByteBuf end = reception.knowsChunks() ? Chunk.LAST.duplicate() : Unpooled.EMPTY_BUFFER;
    if (!last) {
      channel.write(end, channel.voidPromise());
      return;
    }
    readNoMore(bodyUnread);
    channel.write(end).addListener((ChannelFuture f) -> written(f, 0, true));
  }

  private void written(ChannelFuture write, int heldBytes, boolean last) {
    shared.held().releaseAnswer(heldBytes);
    if (!write.isSuccess()) {
      channel.close();
    } else if (last && unread) {
      cover.finishSending();
      patience.awaits(Wait.CLOSE);
    } else if (last) {
      channel.close();
    }
  }

  @Override
  public Future<?> later(Runnable task, long nanos) {
    return channel.eventLoop().schedule(task, nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void writeContinue() {
    unflushed = true;
    channel.write(CONTINUE.duplicate(), channel.voidPromise());
  }

  private void callerSilent(Wait wait) {
    switch (wait) {
      case NEXT_REQUEST -> cut(Cut.IDLE);
      case REST_OF_HEAD -> reception.fault(Fixed.TIMEOUT, Cut.SLOW_HEADER);
      case REST_OF_BODY -> reception.fault(Fixed.TIMEOUT, Cut.SLOW_BODY);
      case CLOSE -> channel.close();
      case NOTHING -> {}
    }
    settle();
  }

  /** Ends the connection as it is. */
  void cut(Cut why) {
    shared.observer().connectionCut(why);
    if (why == Cut.SLOW_READER && channel.isActive()) {
      // With a reset, or else the kernel would go on keeping what the caller does not read.
      closing = true;
      cover.reset();
    } else {
      giveUp();
    }
  }

  @Override
  public void giveUp() {
    closing = true;
    channel.close();
  }

  private void closeWhenWritten() {
    closing = true;
    if (cover.handshaking()) {
      channel.close();
    } else {
      channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }
  }

  /** Leaves the connection to HTTP/2; to be called before the first request. */
  void becomeHttp2() {
    patience.end();
    boolean named = shared.settings().tls().asksCallers();
    Caller unnamed = Caller.at(caller, named ? cover.subject() : null);
    Http2Session session = SessionBuilder.session(channel, shared, unnamed);
    ChannelPipeline pipeline = channel.pipeline();
    pipeline.remove(decoder);
    pipeline.addLast(session.guard(), session);
    pipeline.remove(this);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    closing = true;
    patience.end();
    backlog.clear();
    reception.abandon();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == Drain.NOW) {
      settle();
    } else if (event instanceof SslHandshakeCompletionEvent handshake) {
      secured(handshake);
    } else if (event instanceof SslCloseCompletionEvent && !closing) {
      giveUp(); // as in clear text, where a caller that ends its side ends both
    }
  }

  private void secured(SslHandshakeCompletionEvent handshake) {
    if (handshake.isSuccess() && cover.http2()) {
      becomeHttp2();
    } else if (handshake.isSuccess() && shared.settings().tls().asksCallers()) {
      reception.certified(cover.subject());
    } else if (!handshake.isSuccess() && channel.isActive()) {
      closing = true;
      shared.observer().connectionCut(Cut.HANDSHAKE);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!Cover.isFromOutside(cause)) {
      LOG.error("a connection ended by a fault", cause);
    }
    channel.close();
  }
}
