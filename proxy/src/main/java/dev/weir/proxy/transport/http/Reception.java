package dev.weir.proxy.transport.http;

import dev.weir.proxy.path.Call;
import dev.weir.proxy.path.Deadline;
import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.proxy.path.TransportObserver.Cut;
import dev.weir.proxy.transport.http.Documents.Document;
import dev.weir.routing.RequestKind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The request a connection is at: decides by its head whether it is answered at once, refused, or
 * read on and handed to the application. Used on its event loop only.
 */
final class Reception {

  // A request is under way while `head` is set. Two things happen to it, in any order: it is
  // answered, and its body ends. Whichever is second ends it.

  static final ByteBuf CONTINUE =
      Unpooled.unreleasableBuffer(
          Unpooled.directBuffer().writeBytes(HeadBytes.ascii("HTTP/1.1 100 Continue\r\n\r\n")));

  private static final Refusal NO_ROOM = new Refusal(Reason.QUEUE_FULL, Duration.ofSeconds(1));
  private static final Refusal SLOW_READERS =
      new Refusal(Reason.SLOW_READERS, Duration.ofSeconds(1));

  /** Of a body nobody wants, this much is read for the sake of the connection. */
  private static final int MAX_DISCARDED_BYTES = 65_536;

  private final Connection connection;
  private final Shared shared;
  private final String caller;

  private @Nullable RequestHead head;
  private @Nullable Body body;
  private @Nullable Exchange exchange;
  private Deadline deadline = new Deadline(0);
  private boolean answered;
  private boolean bodyEnded;
  private boolean reusable;
  private long discardedBytes;

  Reception(Connection connection, Shared shared, String caller) {
    this.connection = connection;
    this.shared = shared;
    this.caller = caller;
  }

  /** Whether a request is under way. */
  boolean busy() {
    return head != null;
  }

  /** Whether the request waits for its caller, rather than the other way round. */
  boolean awaitsCaller() {
    return !bodyEnded && (answered || exchange == null);
  }

  /** Whether the answer to this is still to come. */
  boolean expects(Exchange from) {
    return exchange == from && !answered;
  }

  void begin(HttpRequest request) {
    long now = shared.ticker().nanos();
    answered = false;
    bodyEnded = false;
    discardedBytes = 0;
    if (request.decoderResult().isFailure()) {
      fault(complaint(request.decoderResult().cause()), Cut.MALFORMED);
      return;
    }
    RequestHead read = RequestHead.of(request, now);
    head = read;
    Canned violation = HeadCheck.violation(request);
    if (violation != null) {
      fault(violation, Cut.MALFORMED);
      return;
    }
    reusable = read.keepAlive() && !shared.draining() && !holdsBack(request);
    Canned answer = HeadCheck.answer(request, read);
    if (answer != null) {
      send(answer, read);
    } else {
      answer(request, read);
    }
  }

  private static Canned complaint(@Nullable Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      return Fixed.TARGET_TOO_LONG;
    }
    return cause instanceof TooLongHttpHeaderException
        ? Fixed.HEADERS_TOO_LARGE
        : Fixed.BAD_REQUEST;
  }

  /** Whether the rest of the request is not worth reading only to keep the connection. */
  private static boolean holdsBack(HttpRequest request) {
    return HeadCheck.waitsToSend(request)
        || HttpUtil.getContentLength(request, 0L) > MAX_DISCARDED_BYTES;
  }

  private void answer(HttpRequest request, RequestHead read) {
    switch (read.endpoint()) {
      case HEALTH -> send(health(read), read);
      case INFO -> send(shared.documents().info(), read);
      case I18N -> send(shared.documents().translations(Locales.wished(request, read)), read);
      case ROUTE, ISOCHRONE, SPT, NEAREST -> {
        RequestKind kind = read.endpoint().kind();
        if (kind != null) {
          screen(request, read, kind);
        }
      }
      case NOT_OFFERED, UNKNOWN -> send(Fixed.NOT_FOUND, read);
    }
  }

  private Canned health(RequestHead read) {
    if (!shared.healthy().getAsBoolean()) {
      return Fixed.UNHEALTHY;
    }
    return read.headOnly() ? Fixed.HEALTHY_HEAD : Fixed.HEALTHY;
  }

  private void screen(HttpRequest request, RequestHead read, RequestKind kind) {
    long limitNanos =
        shared
            .timeLimit()
            .nanos(
                request.headers().get(TimeLimit.HEADER),
                QueryString.only(read.query(), "timeout_ms"));
    if (limitNanos == TimeLimit.UNREADABLE) {
      send(Fixed.BAD_TIMEOUT, read);
      return;
    }
    Refusal refusal =
        shared.held().full() ? SLOW_READERS : shared.application().screen(kind, caller, limitNanos);
    if (refusal != null) {
      refuse(refusal, read);
      return;
    }
    deadline = Deadline.after(read.arrivedNanos(), limitNanos);
    if (read.isPost()) {
      expectBody(request, read);
    } else {
      serve(read, kind, null);
    }
  }

  private void expectBody(HttpRequest request, RequestHead read) {
    int max = shared.settings().maxBodyBytes();
    reusable = read.keepAlive() && !shared.draining();
    if (HttpUtil.getContentLength(request, 0L) > max) {
      reusable = false;
      send(Fixed.TOO_LARGE, read);
      return;
    }
    body = new Body(max, shared.held());
    if (HeadCheck.waitsToSend(request)) {
      connection.writeContinue();
    }
  }

  private void serve(RequestHead read, RequestKind kind, byte @Nullable [] bytes) {
    Exchange begun = new Exchange(connection, shared, read, bytes);
    exchange = begun;
    shared.application().serve(new Call(kind, caller, read.arrivedNanos(), deadline, begun), begun);
  }

  void content(HttpContent piece) {
    try {
      if (piece.decoderResult().isFailure()) {
        fault(Fixed.BAD_REQUEST, Cut.MALFORMED);
        return;
      }
      if (body == null || exchange != null || answered) {
        discard(piece.content().readableBytes());
      } else if (head != null) {
        keep(body, piece.content(), head);
      }
      if (piece instanceof LastHttpContent) {
        end();
      }
    } finally {
      piece.release();
    }
  }

  private void keep(Body to, ByteBuf piece, RequestHead read) {
    switch (to.add(piece)) {
      case KEPT -> {}
      case TOO_LARGE -> {
        reusable = false;
        send(Fixed.TOO_LARGE, read);
      }
      case NO_ROOM -> {
        reusable = false;
        refuse(NO_ROOM, read);
      }
    }
  }

  private void discard(int bytes) {
    discardedBytes += bytes;
    if (discardedBytes > MAX_DISCARDED_BYTES) {
      reusable = false;
      if (answered) {
        connection.giveUp();
      }
    }
  }

  private void end() {
    bodyEnded = true;
    if (answered) {
      finish();
    } else if (exchange == null && body != null && head != null) {
      serve(head, RequestKind.ROUTE, body.toBytes());
    }
  }

  private void finish() {
    head = null;
    exchange = null;
    if (body != null) {
      body.release();
      body = null;
    }
  }

  /** Ends the connection with an answer, unless one is given or being computed already. */
  void fault(Canned answer, Cut why) {
    shared.observer().connectionCut(why);
    if (answered && head != null) {
      connection.giveUp();
      return;
    }
    reusable = false;
    if (exchange == null) {
      RequestHead read = head == null ? RequestHead.unreadable(shared.ticker().nanos()) : head;
      head = read;
      answered = false;
      send(answer, read);
    }
  }

  private void send(Canned answer, RequestHead read) {
    send(shared.encoder().canned(answer, read, reusable, connection.allocator()));
  }

  private void refuse(Refusal refusal, RequestHead read) {
    send(shared.encoder().refused(refusal, read, reusable, connection.allocator()));
  }

  private void send(Document document, RequestHead read) {
    byte[] plain = document.answer().body();
    byte[] gzip = AnswerEncoder.gzips(read, plain.length) ? document.gzip() : null;
    send(
        shared
            .encoder()
            .answer(
                document.answer(),
                gzip == null ? plain : gzip,
                gzip != null,
                read,
                reusable,
                connection.allocator()));
  }

  /** Sends the answer to the request under way. */
  void send(Encoded answer) {
    RequestHead read = head;
    if (read == null) {
      throw new IllegalStateException("an answer without a request");
    }
    answered = true;
    shared
        .observer()
        .answered(
            read.endpoint().resource(),
            read.methodLabel(),
            answer.status(),
            answer.bodyBytes(),
            shared.ticker().nanos() - read.arrivedNanos(),
            caller);
    boolean last = !answer.keepAlive() || !reusable;
    connection.write(answer, last, !bodyEnded);
    if (bodyEnded && !last) {
      finish();
    }
  }

  /** To be called when the connection is closed. */
  void abandon() {
    if (exchange != null) {
      exchange.abandon();
    }
    finish();
  }
}
