package dev.weir.proxy.transport.http;

import dev.weir.proxy.path.Caller;
import dev.weir.proxy.path.TransportObserver.Cut;
import dev.weir.proxy.transport.http.Patience.Wait;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of HTTP/2: gives each of its streams to a {@link SessionStream}, and ends it all
 * when time or patience is over, or the caller makes more work than it asks for. Used on its event
 * loop only.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write or close ends the connection anyway
final class Http2Session extends Http2ConnectionHandler {

  // Frames are written as they come and flushed once per read; an answer that comes later, from a
  // worker, is flushed by wrote(). What streams wait for is looked at by one timer for all of them.

  private static final Logger LOG = LoggerFactory.getLogger(Http2Session.class);

  /**
   * Data waits for the channel to be writable, but heads and acknowledgements do not: of those, no
   * more than this is kept for a caller before it is read on.
   */
  private static final int MOST_UNSENT_BYTES = 128 * 1024;

  private final SocketChannel channel;
  private final Shared shared;
  private final Caller caller;
  private final Cover cover;
  private final FrameBudget budget;
  private final FrameGuard guard;
  private final Patience patience;
  private final Lookout lookout;
  private final Http2Connection.PropertyKey key;

  private @Nullable ChannelHandlerContext context;
  private boolean reading;
  private long waitedFor;
  private boolean idle;
  private boolean ending;

  /** Something was written since the last flush. */
  private boolean unflushed;

  Http2Session(
      SocketChannel channel,
      Shared shared,
      Caller caller,
      Http2ConnectionDecoder decoder,
      Http2ConnectionEncoder encoder,
      Http2Settings settings) {
    super(decoder, encoder, settings, true, true);
    this.channel = channel;
    this.shared = shared;
    this.caller = caller;
    this.cover = new Cover(channel);
    this.budget = new FrameBudget(shared.ticker());
    this.guard = new FrameGuard(budget, this::flooded);
    this.patience = new Patience(channel, shared, this::callerSilent, () -> cut(Cut.SLOW_READER));
    this.lookout = new Lookout(channel.eventLoop(), shared.ticker(), this::look);
    this.key = connection().newKey();
    // Not only from when the caller says that it has heard of it.
    connection().remote().maxActiveStreams(shared.settings().maxConcurrentStreams());
    connection().addListener(new Ends());
  }

  /** What is to come before it. */
  FrameGuard guard() {
    return guard;
  }

  FrameBudget budget() {
    return budget;
  }

  /** Whether frames are being read, so that what is written is flushed soon. */
  boolean reading() {
    return reading;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
    context = ctx;
    super.handlerAdded(ctx);
    settle();
  }

  private ChannelHandlerContext context() {
    ChannelHandlerContext ctx = context;
    if (ctx == null) {
      throw new IllegalStateException("not in use yet");
    }
    return ctx;
  }

  // What is read

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
    reading = true;
    super.channelRead(ctx, message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
    unflushed = false;
    super.channelReadComplete(ctx); // flushes
    flushWhatThatLetGo();
    reading = false;
    settle();
  }

  /** The stream of a request that was begun, {@code null} if it is none or over. */
  @Nullable SessionStream known(int id) {
    Http2Stream stream = connection().stream(id);
    return stream == null ? null : stream.getProperty(key);
  }

  /**
   * Takes the head of a request.
   *
   * @param last nothing follows
   */
  void begin(int id, Http2Headers fields, boolean last) {
    Http2Stream stream = connection().stream(id);
    if (stream != null && !ending) {
      SessionStream begun = new SessionStream(this, context(), shared, caller, id);
      stream.setProperty(key, begun);
      begun.begin(fields, last);
    }
  }

  private final class Ends extends Http2ConnectionAdapter {
    @Override
    public void onStreamClosed(Http2Stream stream) {
      SessionStream ended = stream.getProperty(key);
      if (ended != null) {
        ended.closed();
      }
      if (!reading && connection().numActiveStreams() == 0) {
        settle();
      }
    }
  }

  // What is written

  /** To be called after something was written. */
  void wrote() {
    unflushed = true;
    if (!reading) {
      reading = true;
      flushWhatThatLetGo();
      reading = false;
      settle();
    }
  }

  /** Whoever hears in a flush that it was sent may write more. */
  private void flushWhatThatLetGo() {
    while (unflushed) {
      unflushed = false;
      flush(context());
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) throws Exception {
    super.channelWritabilityChanged(ctx);
    if (channel.isWritable() && !channel.config().isAutoRead()) {
      channel.config().setAutoRead(true);
    }
  }

  /** Sets the time limits for what the caller has to do next. */
  private void settle() {
    patience.watchReader();
    if (!channel.isWritable() && unsentBytes() > MOST_UNSENT_BYTES) {
      channel.config().setAutoRead(false);
    }
    if (ending) {
      return;
    }
    boolean busy = connection().numActiveStreams() > 0;
    if (guard.inHead()) {
      awaitRest();
    } else if (busy) {
      patience.awaits(Wait.NOTHING);
    } else if (shared.draining()) {
      finish();
    } else if (!idle) {
      patience.awaits(Wait.NEXT_REQUEST);
    }
    idle = !busy && !guard.inHead();
  }

  private long unsentBytes() {
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    return buffer == null ? 0 : buffer.totalPendingWriteBytes();
  }

  private void awaitRest() {
    if (guard.begun() != waitedFor) {
      waitedFor = guard.begun();
      patience.restart();
    }
    patience.awaits(Wait.REST_OF_HEAD);
  }

  // Time limits

  private void callerSilent(Wait wait) {
    switch (wait) {
      case NEXT_REQUEST -> cut(Cut.IDLE);
      case REST_OF_HEAD -> cut(Cut.SLOW_HEADER);
      case CLOSE -> channel.close();
      case REST_OF_BODY, NOTHING -> {}
    }
  }

  /** Looks at all streams after so many nanoseconds, or sooner. */
  void watch(long nanos) {
    lookout.within(nanos);
  }

  private long look(long nowNanos) {
    long[] next = {Lookout.NEVER};
    try {
      connection()
          .forEachActiveStream(
              stream -> {
                SessionStream each = stream.getProperty(key);
                next[0] = each == null ? next[0] : Math.min(next[0], each.check(nowNanos));
                return !ending;
              });
    } catch (Http2Exception e) {
      onError(context(), true, e);
    }
    wrote();
    return next[0];
  }

  // The end

  private void flooded() {
    onError(
        context(),
        false,
        Http2Exception.connectionError(Http2Error.ENHANCE_YOUR_CALM, "too many frames"));
  }

  @Override
  protected void onStreamError(
      ChannelHandlerContext ctx,
      boolean outbound,
      Throwable cause,
      Http2Exception.StreamException error) {
    int id = error.streamId();
    SessionStream known = known(id);
    // What the caller has reset or left is over, and so is what it sent before it heard of a reset.
    boolean over =
        outbound
            ? ending || (known != null && !known.open())
            : connection().stream(id) == null && error.error() == Http2Error.STREAM_CLOSED;
    if (over) {
      return;
    }
    if (!outbound && error.error() == Http2Error.REFUSED_STREAM) {
      rememberRefused(id);
    }
    super.onStreamError(ctx, outbound, cause, error);
    if (!outbound && error.error() == Http2Error.PROTOCOL_ERROR) {
      shared.observer().connectionCut(Cut.MALFORMED);
      if (!budget.malformed()) {
        flooded();
      }
    }
  }

  /**
   * Begins the stream that is about to be reset. The codec takes what follows on a stream that was
   * never begun for a mistake that ends the connection, but a caller that has not yet heard how
   * many there may be has sent the bodies along.
   */
  private void rememberRefused(int id) {
    Http2Connection.Endpoint<?> callers = connection().remote();
    callers.maxActiveStreams(Integer.MAX_VALUE);
    try {
      callers.createStream(id, false);
    } catch (Http2Exception e) {
      // no stream of a caller's: whatever follows on it is a mistake
    } finally {
      callers.maxActiveStreams(shared.settings().maxConcurrentStreams());
    }
  }

  @Override
  protected void onConnectionError(
      ChannelHandlerContext ctx,
      boolean outbound,
      Throwable cause,
      @Nullable Http2Exception error) {
    if (error == null && !Cover.isFromOutside(cause)) {
      LOG.error("a connection ended by a fault", cause);
    } else if (error != null && !ending) {
      boolean flood = error.error() == Http2Error.ENHANCE_YOUR_CALM;
      shared.observer().connectionCut(flood ? Cut.FLOOD : Cut.MALFORMED);
    }
    ending = true;
    super.onConnectionError(ctx, outbound, cause, error);
    patience.watchReader();
  }

  /** Ends the connection as it is. */
  void cut(Cut why) {
    if (!ending) {
      shared.observer().connectionCut(why);
    }
    if (why == Cut.SLOW_READER) {
      // With a reset, or else the kernel would go on keeping what the caller does not read.
      ending = true;
      cover.reset();
    } else {
      sayGoodbye().addListener(ChannelFutureListener.CLOSE);
    }
  }

  private ChannelFuture sayGoodbye() {
    ending = true;
    ChannelFuture said = goAway();
    wrote();
    return said;
  }

  /** Tells the caller which of its streams are the last to be answered. */
  private ChannelFuture goAway() {
    ChannelHandlerContext ctx = context();
    int last = connection().remote().lastStreamCreated();
    return goAway(ctx, last, Http2Error.NO_ERROR.code(), Unpooled.EMPTY_BUFFER, ctx.newPromise());
  }

  /**
   * Everything was answered, but may not be sent yet: then leaves it to the caller to close, who
   * may still be sending.
   */
  private void finish() {
    ending = true;
    if (!connection().goAwaySent()) {
      goAway();
    }
    patience.awaits(Wait.NOTHING);
    flush(context());
    context().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(this::sent);
    patience.watchReader();
  }

  private void sent(Future<? super Void> all) {
    if (all.isSuccess()) {
      cover.finishSending();
      patience.awaits(Wait.CLOSE);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) throws Exception {
    ending = true;
    patience.end();
    lookout.end();
    super.channelInactive(ctx);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
    if (event == Drain.NOW) {
      goAway();
      wrote();
    } else if (event instanceof SslCloseCompletionEvent && !ending) {
      ending = true;
      channel.close(); // as in clear text, where a caller that ends its side ends both
    } else {
      super.userEventTriggered(ctx, event);
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
