package dev.weir.proxy.transport.http;

import dev.weir.proxy.path.Authenticator.Verdict;
import dev.weir.proxy.path.Caller;
import dev.weir.proxy.path.Deadline;
import dev.weir.proxy.path.Identity;
import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.proxy.path.TransportObserver.Cut;
import dev.weir.proxy.transport.TimeLimit;
import dev.weir.proxy.transport.contract.Binding;
import dev.weir.routing.RequestKind;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The request a carrier is at: decides by its head whether it is answered at once, refused, or read
 * on and handed to the application. Used on its event loop only.
 */
final class Reception {

  // A request is under way while `head` is set. Two things happen to it, in any order: it is
  // answered, and its body ends. Whichever is second ends it.

  private static final byte[] NO_BODY = new byte[0];
  private static final Refusal NO_ROOM = new Refusal(Reason.QUEUE_FULL, Duration.ofSeconds(1));

  /** Of a body nobody wants, this much is read for the sake of the connection. */
  private static final int MAX_DISCARDED_BYTES = 65_536;

  private final Carrier carrier;
  private final Shared shared;
  private final String caller;
  private Caller unnamed;

  private @Nullable RequestHead head;
  private @Nullable Body body;
  private @Nullable Exchange exchange;
  private Caller asking;
  private String tenant = "";
  private Deadline deadline = new Deadline(0);
  private boolean answered;
  private boolean bodyEnded;
  private boolean reusable;
  private long discardedBytes;

  Reception(Carrier carrier, Shared shared, Caller unnamed) {
    this.carrier = carrier;
    this.shared = shared;
    this.caller = unnamed.address();
    this.unnamed = unnamed;
    this.asking = unnamed;
  }

  /**
   * To be called before the first request.
   *
   * @param subject name in the caller's certificate, {@code null} if it has none
   */
  void certified(@Nullable String subject) {
    unnamed = Caller.at(caller, subject);
    asking = unnamed;
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
  @SuppressWarnings("ReferenceEquality") // this very one, not one like it
  boolean expects(Exchange from) {
    return exchange == from && !answered;
  }

  void begin(HttpRequest request) {
    long now = shared.ticker().nanos();
    Canned violation = HeadCheck.violation(request);
    if (violation != null) {
      start(RequestHead.unreadable(now));
      fault(violation, Cut.MALFORMED);
      return;
    }
    RequestHead read = RequestHead.of(request, shared.routes(), shared.methods(), now);
    start(read);
    reusable =
        read.keepAlive()
            && !HeadCheck.waitsToSend(request)
            && HeadCheck.contentLength(request) <= MAX_DISCARDED_BYTES;
    Canned answer = HeadCheck.answer(request, read);
    if (answer != null) {
      send(answer, read);
    } else {
      work(request, read);
    }
  }

  private void start(RequestHead read) {
    head = read;
    answered = false;
    bodyEnded = false;
    discardedBytes = 0;
  }

  private void work(HttpRequest request, RequestHead read) {
    RequestKind kind = read.kind();
    Binding<?, ?> binding = read.binding();
    if (kind != null) {
      screen(request, read, kind);
    } else if (read.endpoint() == Endpoint.HEALTH) {
      send(health(read), read);
    } else if (binding != null) {
      identify(request, read, binding);
    } else {
      send(document(request, read));
    }
  }

  /** Of what is answered at once, a body is read first if there is one. */
  private void identify(HttpRequest request, RequestHead read, Binding<?, ?> binding) {
    Caller named = Claims.of(request.headers(), read, unnamed);
    if (named == null) {
      send(Fixed.badPriority(read.shape()), read);
      return;
    }
    switch (shared.application().identify(named)) {
      case Verdict.Unknown(Refusal unknown) -> refuse(unknown, read);
      case Verdict.Known(Identity identity) -> {
        tenant = identity.tenant();
        if (read.isPost()) {
          expectBody(request, read, AtOnce.MOST_BYTES);
        } else {
          answerAtOnce(read, binding, NO_BODY);
        }
      }
    }
  }

  private void answerAtOnce(RequestHead read, Binding<?, ?> binding, byte[] document) {
    send(AtOnce.answer(shared, binding, tenant, document, envelope(read)));
  }

  private Canned health(RequestHead read) {
    if (!shared.healthy().getAsBoolean()) {
      return Fixed.UNHEALTHY;
    }
    return read.headOnly() ? Fixed.HEALTHY_HEAD : Fixed.HEALTHY;
  }

  private Encoded document(HttpRequest request, RequestHead read) {
    AnswerEncoder encoder = shared.encoder();
    return switch (read.endpoint()) {
      case OPENAPI -> encoder.page(Documents.OPENAPI, envelope(read));
      case DOCS -> encoder.page(Documents.DOCS, envelope(read));
      case INFO -> encoder.document(shared.documents().info(), envelope(read));
      default ->
          encoder.document(
              shared.documents().translations(Locales.wished(request, read)), envelope(read));
    };
  }

  private void screen(HttpRequest request, RequestHead read, RequestKind kind) {
    long limitNanos =
        shared
            .timeLimit()
            .nanos(
                Claims.timeout(request.headers(), read),
                QueryString.only(read.query(), "timeout_ms"));
    if (limitNanos == TimeLimit.UNREADABLE) {
      send(Fixed.badTimeout(read.shape()), read);
      return;
    }
    Caller named = Claims.of(request.headers(), read, unnamed);
    if (named == null) {
      send(Fixed.badPriority(read.shape()), read);
      return;
    }
    asking = named;
    Refusal refusal = shared.screen(kind, asking, limitNanos);
    if (refusal != null) {
      refuse(refusal, read);
      return;
    }
    deadline = Deadline.after(read.arrivedNanos(), limitNanos);
    if (read.isPost()) {
      expectBody(request, read, shared.settings().maxBodyBytes());
    } else {
      serve(read, kind, null);
    }
  }

  private void expectBody(HttpRequest request, RequestHead read, int max) {
    if (HeadCheck.contentLength(request) > max) {
      reusable = false;
      send(Fixed.tooLarge(read.shape()), read);
      return;
    }
    reusable = read.keepAlive();
    body = new Body(max, shared.held());
    if (HeadCheck.waitsToSend(request)) {
      carrier.writeContinue();
    }
  }

  private void serve(RequestHead read, RequestKind kind, byte @Nullable [] bytes) {
    Exchange begun = Exchange.of(carrier, shared, read, bytes);
    exchange = begun;
    shared.application().serve(begun.call(kind, asking, deadline), begun);
  }

  void content(HttpContent piece) {
    try {
      if (piece.decoderResult().isFailure()) {
        fault(Fixed.BAD_REQUEST, Cut.MALFORMED);
        return;
      }
      content(piece.content(), piece instanceof LastHttpContent);
    } finally {
      piece.release();
    }
  }

  /**
   * Takes a piece of the body.
   *
   * @param piece not kept
   * @param last the body ends with it
   */
  void content(ByteBuf piece, boolean last) {
    if (body == null || exchange != null || answered) {
      discard(piece.readableBytes());
    } else if (head != null) {
      keep(body, piece, head);
    }
    if (last) {
      end();
    }
  }

  private void keep(Body to, ByteBuf piece, RequestHead read) {
    switch (to.add(piece)) {
      case KEPT -> {}
      case TOO_LARGE -> {
        reusable = false;
        send(Fixed.tooLarge(read.shape()), read);
      }
      case NO_ROOM -> {
        reusable = false;
        RequestKind kind = read.kind();
        if (kind != null) {
          shared.observer().refused(kind, NO_ROOM.reason());
        }
        refuse(NO_ROOM, read);
      }
    }
  }

  private void discard(int bytes) {
    discardedBytes += bytes;
    if (discardedBytes > MAX_DISCARDED_BYTES) {
      reusable = false;
      if (answered) {
        carrier.giveUp();
      }
    }
  }

  private void end() {
    bodyEnded = true;
    if (answered) {
      finish();
    } else if (exchange == null && body != null && head != null) {
      complete(head, body.toBytes());
    }
  }

  /** The body is there. */
  private void complete(RequestHead read, byte[] document) {
    RequestKind kind = read.kind();
    Binding<?, ?> binding = read.binding();
    if (kind != null) {
      serve(read, kind, document);
    } else if (binding != null) {
      answerAtOnce(read, binding, document);
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

  /** Ends the connection with an answer, unless one was given or is being computed. */
  void fault(Canned answer, Cut why) {
    shared.observer().connectionCut(why);
    reusable = false;
    if (head == null) {
      start(RequestHead.unreadable(shared.ticker().nanos()));
    }
    if (answered) {
      carrier.giveUp();
    } else if (exchange == null && head != null) {
      send(answer, head);
    }
  }

  private Envelope envelope(RequestHead read) {
    return Envelope.of(read, keepsAlive(), carrier);
  }

  private boolean keepsAlive() {
    return reusable && !shared.draining();
  }

  private void send(Canned answer, RequestHead read) {
    send(shared.encoder().canned(answer, envelope(read)));
  }

  private void refuse(Refusal refusal, RequestHead read) {
    send(shared.encoder().refused(refusal, envelope(read)));
  }

  /** Sends the answer to the request under way. */
  void send(Encoded answer) {
    answered = true;
    if (head != null) {
      shared
          .observer()
          .answered(
              head.resource(),
              head.methodLabel(),
              answer.status(),
              answer.bodyBytes(),
              shared.ticker().nanos() - head.arrivedNanos(),
              caller);
    }
    boolean last = !answer.keepAlive() || !reusable;
    carrier.write(answer, last, !bodyEnded);
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
