package dev.weir.proxy.transport.http;

import dev.weir.proxy.path.Caller;
import dev.weir.proxy.path.TransportObserver.Cut;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * One request over HTTP/2, and its answer. Used on its event loop, but for {@link #handOver},
 * {@link #allocator} and {@link #http2}.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what could not be written was reset or closed
final class SessionStream implements Carrier {

  /** A caller that takes so much of an answer is reading it. As long as a frame usually is. */
  private static final int PIECE_BYTES = 16_384;

  private final Http2Session session;
  private final ChannelHandlerContext ctx;
  private final Shared shared;
  private final int id;
  private final Reception reception;

  /** Of an answer in pieces, no more is asked for while so much waits to be sent. */
  private static final int ENOUGH_BYTES = 32 * 1024;

  private boolean open = true;

  /** The caller has sent all of its request. */
  private boolean callerEnded;

  private int unreadBytes;
  private boolean answerUnread;

  /** The caller has all of an answer. */
  private boolean complete;

  private long beganNanos;
  private long progressNanos;

  SessionStream(
      Http2Session session, ChannelHandlerContext ctx, Shared shared, Caller caller, int id) {
    this.session = session;
    this.ctx = ctx;
    this.shared = shared;
    this.id = id;
    this.reception = new Reception(this, shared, caller);
  }

  @Override
  public ByteBufAllocator allocator() {
    return ctx.alloc();
  }

  @Override
  public boolean http2() {
    return true;
  }

  /**
   * Takes the head of the request.
   *
   * @param last nothing follows
   */
  void begin(Http2Headers fields, boolean last) {
    beganNanos = shared.ticker().nanos();
    callerEnded = last;
    try {
      reception.begin(RequestFields.request(fields, last, shared.settings().maxRequestLineBytes()));
    } catch (RuntimeException | Error fault) {
      reception.failed(fault);
    }
    if (last) {
      content(Unpooled.EMPTY_BUFFER, true);
    } else {
      session.watch(shared.settings().bodyTimeout().toNanos());
    }
  }

  /** Takes a piece of the request's body, which is not kept. */
  void content(ByteBuf piece, boolean last) {
    if (!open) {
      return;
    }
    callerEnded |= last;
    try {
      reception.content(piece, last);
    } catch (RuntimeException | Error fault) {
      reception.failed(fault);
    }
  }

  @Override
  public void handOver(Exchange from, Outgoing answer) {
    if (ctx.executor().inEventLoop() && session.reading()) {
      take(from, answer);
      return;
    }
    try {
      ctx.executor().execute(() -> take(from, answer));
    } catch (RejectedExecutionException e) {
      answer.drop(shared.held());
    }
  }

  @Override
  public void goOn(Runnable task) {
    try {
      ctx.executor()
          .execute(
              () -> {
                try {
                  task.run();
                } catch (RuntimeException | Error fault) {
                  reception.failed(fault);
                }
                session.wrote();
              });
    } catch (RejectedExecutionException e) {
      // the loop has ended, and its sessions with it
    }
  }

  private void take(Exchange from, Outgoing answer) {
    if (!open || !reception.expects(from)) {
      answer.drop(shared.held());
      return;
    }
    try {
      reception.send(answer);
    } catch (RuntimeException | Error fault) {
      reception.failed(fault);
    }
    session.wrote();
  }

  @Override
  public void write(Encoded answer, boolean last, boolean bodyUnread) {
    Http2Headers head = answer.head();
    if (head == null || !open) {
      answer.drop(shared.held());
      return;
    }
    session.budget().answered();
    ChannelPromise written = ctx.newPromise();
    written.addListener(_ -> written(answer, last && bodyUnread));
    boolean bodiless = answer.bodyBytes() == 0;
    session
        .encoder()
        .writeHeaders(ctx, id, head, 0, bodiless, bodiless ? written : ctx.newPromise());
    if (bodiless) {
      answer.bytes().release();
      awaitRestOfBody();
    } else {
      writeBody(answer.bytes(), true, written);
    }
  }

  /**
   * Writes so that it is seen how the caller takes it.
   *
   * @param last the answer ends with it
   */
  private void writeBody(ByteBuf body, boolean last, ChannelPromise written) {
    answerUnread = true;
    progressNanos = shared.ticker().nanos();
    session.watch(shared.settings().readTimeout().toNanos());
    while (body.readableBytes() > PIECE_BYTES) {
      ChannelPromise taken = ctx.newPromise();
      taken.addListener(_ -> taken());
      session.encoder().writeData(ctx, id, body.readRetainedSlice(PIECE_BYTES), 0, false, taken);
    }
    session.encoder().writeData(ctx, id, body, 0, last, written);
  }

  /** Whoever has its answer does not get to keep its stream by never ending its request. */
  private void awaitRestOfBody() {
    if (!callerEnded) {
      session.watch(shared.settings().bodyTimeout().toNanos());
    }
  }

  private void taken() {
    progressNanos = shared.ticker().nanos();
    session.budget().taken(PIECE_BYTES);
  }

  private void written(Encoded answer, boolean restUnwanted) {
    answerUnread = false;
    complete = true;
    shared.held().releaseAnswer(answer.heldBytes());
    if (restUnwanted) {
      reset(Http2Error.NO_ERROR);
    }
  }

  @Override
  public void writeHead(Encoded head) {
    head.bytes().release();
    Http2Headers fields = head.head();
    if (fields != null && open) {
      session.encoder().writeHeaders(ctx, id, fields, 0, false, ctx.newPromise());
    }
  }

  @Override
  public void writePiece(ByteBuf piece, int heldBytes) {
    int bytes = piece.readableBytes();
    unreadBytes += bytes;
    ChannelPromise written = ctx.newPromise();
    written.addListener(f -> pieceTaken(bytes, heldBytes, f.isSuccess()));
    writeBody(piece, false, written);
  }

  private void pieceTaken(int bytes, int heldBytes, boolean sent) {
    shared.held().releaseAnswer(heldBytes);
    boolean full = !writable();
    unreadBytes -= bytes;
    answerUnread = unreadBytes > 0;
    progressNanos = shared.ticker().nanos();
    if (sent && full && open && writable()) {
      reception.writable();
    }
  }

  @Override
  public boolean writable() {
    return unreadBytes < ENOUGH_BYTES;
  }

  @Override
  public void writeEnd(boolean last, boolean bodyUnread) {
    session.budget().answered();
    ChannelPromise written = ctx.newPromise();
    written.addListener(
        _ -> {
          complete = true;
          if (last && bodyUnread) {
            reset(Http2Error.NO_ERROR);
          }
        });
    session.encoder().writeData(ctx, id, Unpooled.EMPTY_BUFFER, 0, true, written);
    awaitRestOfBody();
  }

  @Override
  public Future<?> later(Runnable task, long nanos) {
    return ctx.executor().schedule(task, nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void writeContinue() {
    Http2Headers head = new DefaultHttp2Headers(false).status("100");
    session.encoder().writeHeaders(ctx, id, head, 0, false, ctx.newPromise());
  }

  @Override
  public void giveUp() {
    reset(complete ? Http2Error.NO_ERROR : Http2Error.INTERNAL_ERROR);
  }

  private void reset(Http2Error why) {
    // A request and an answer that are both complete end their stream themselves.
    if (open && !(why == Http2Error.NO_ERROR && callerEnded)) {
      session.resetStream(ctx, id, why.code(), ctx.newPromise());
      session.wrote();
    }
  }

  /**
   * Looks whether the caller has kept it waiting too long.
   *
   * @return nanoseconds until the next look makes sense, {@link Lookout#NEVER} if it does not
   */
  long check(long nowNanos) {
    long next = Lookout.NEVER;
    if (answerUnread) {
      next = progressNanos + shared.settings().readTimeout().toNanos() - nowNanos;
      if (next <= 0) {
        session.cut(Cut.SLOW_READER);
        return Lookout.NEVER;
      }
    }
    if (reception.busy() && reception.awaitsCaller()) {
      long body = beganNanos + shared.settings().bodyTimeout().toNanos() - nowNanos;
      if (body <= 0) {
        reception.fault(Fixed.TIMEOUT, Cut.SLOW_BODY);
        return next;
      }
      next = Math.min(next, body);
    }
    return next;
  }

  boolean open() {
    return open;
  }

  /** To be called when it has ended, one way or another. */
  void closed() {
    open = false;
    reception.abandon();
  }
}
