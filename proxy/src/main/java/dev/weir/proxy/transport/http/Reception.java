package dev.weir.proxy.transport.http;

import dev.weir.proxy.path.Answered;
import dev.weir.proxy.path.Authenticator.Verdict;
import dev.weir.proxy.path.Caller;
import dev.weir.proxy.path.Deadline;
import dev.weir.proxy.path.Identity;
import dev.weir.proxy.path.Priority;
import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.proxy.path.Standing;
import dev.weir.proxy.path.Times;
import dev.weir.proxy.path.Trace;
import dev.weir.proxy.path.TransportObserver.Cut;
import dev.weir.proxy.transport.TimeLimit;
import dev.weir.proxy.transport.contract.Binding;
import dev.weir.routing.RequestKind;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;
import java.util.function.Supplier;
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
  private @Nullable Caller asking;
  private final Supplier<@Nullable Identity> asker = this::asker;
  private String tenant = "";
  private Deadline deadline = new Deadline(0);
  private boolean answered;
  private long knownNanos;
  private long readNanos;

  /** It is not known yet whose the request is; until then no more is done than keep its body. */
  private boolean held;

  private boolean bodyEnded;
  private boolean reusable;
  private long discardedBytes;

  // Of an answer in parts.
  private long partBytes;
  private boolean begun;
  private boolean more;

  Reception(Carrier carrier, Shared shared, Caller unnamed) {
    this.carrier = carrier;
    this.shared = shared;
    this.caller = unnamed.address();
    this.unnamed = unnamed;
  }

  /**
   * To be called before the first request.
   *
   * @param subject name in the caller's certificate, {@code null} if it has none
   */
  void certified(@Nullable String subject) {
    unnamed = Caller.at(caller, subject);
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
      start(RequestHead.unreadable(shared.traces().unnamed(), now));
      fault(violation, Cut.MALFORMED);
      return;
    }
    Trace trace = Claims.trace(request.headers(), shared.traces());
    RequestHead read = RequestHead.of(request, shared.routes(), shared.methods(), trace, now);
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
    knownNanos = read.arrivedNanos();
    readNanos = knownNanos;
    answered = false;
    held = false;
    bodyEnded = false;
    discardedBytes = 0;
    partBytes = 0;
    begun = false;
    more = false;
    asking = null;
  }

  private void work(HttpRequest request, RequestHead read) {
    if (read.kind() != null || read.binding() != null) {
      recognize(request, read);
    } else if (read.endpoint() == Endpoint.HEALTH) {
      send(health(read), read);
    } else if (read.endpoint() == Endpoint.MAPS) {
      send(request, read, shared.maps());
    } else {
      send(document(request, read));
    }
  }

  private void recognize(HttpRequest request, RequestHead read) {
    Caller named = Claims.of(request.headers(), read, unnamed);
    if (named == null) {
      send(Fixed.badPriority(read.shape()), read);
      return;
    }
    Caller known =
        shared
            .application()
            .recognize(named, by -> carrier.goOn(() -> recognized(request, read, by)));
    if (known != null) {
      let(request, read, known);
      return;
    }
    held = true;
    if (read.isPost()) {
      body = new Body(mostBytes(read), shared.held());
    }
  }

  @SuppressWarnings("ReferenceEquality") // this very request, not one like it
  private void recognized(HttpRequest request, RequestHead read, Caller by) {
    if (head != read) {
      return; // its caller has gone
    }
    held = false;
    if (answered) {
      return;
    }
    let(request, read, by);
    if (bodyEnded && !answered && exchange == null && body != null) {
      complete(read, body.toBytes());
    }
  }

  private void let(HttpRequest request, RequestHead read, Caller by) {
    asking = by;
    knownNanos = shared.traces().now(shared.ticker(), knownNanos);
    readNanos = knownNanos;
    RequestKind kind = read.kind();
    Binding<?, ?> binding = read.binding();
    if (kind != null) {
      screen(request, read, kind, by);
    } else if (binding != null) {
      identify(request, read, binding, by);
    }
  }

  private int mostBytes(RequestHead read) {
    return read.kind() == null ? AtOnce.MOST_BYTES : shared.settings().maxBodyBytes();
  }

  /** Of what is answered at once, a body is read first if there is one. */
  private void identify(HttpRequest request, RequestHead read, Binding<?, ?> binding, Caller by) {
    switch (shared.application().identify(by)) {
      case Verdict.Unknown(Refusal unknown) -> refuse(unknown, read);
      case Verdict.Known(Identity identity) -> {
        tenant = identity.tenant();
        if (read.isPost()) {
          expectBody(request, read);
        } else {
          answerAtOnce(read, binding, NO_BODY);
        }
      }
    }
  }

  private void answerAtOnce(RequestHead read, Binding<?, ?> binding, byte[] document) {
    send(AtOnce.answer(shared, binding, tenant, document, envelopeToAsker(read)));
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

  /** Of the playground: a tile of its map may have to be drawn first. */
  private void send(HttpRequest request, RequestHead read, @Nullable Maps maps) {
    if (maps == null) {
      send(Fixed.NOT_OFFERED, read);
      return;
    }
    switch (maps.answer(request.headers(), read)) {
      case Maps.Shown(Page page) -> send(shared.encoder().page(page, envelope(read)));
      case Maps.Told(Canned answer) -> send(answer, read);
      case Maps.Busy(Refusal refusal) -> refuse(refusal, read);
      case Maps.Drawing(var page) -> {
        var _ = page.whenComplete((it, fault) -> carrier.goOn(() -> drawn(read, it, fault)));
      }
    }
  }

  @SuppressWarnings("ReferenceEquality") // this very request, not one like it
  private void drawn(RequestHead read, @Nullable Page page, @Nullable Throwable fault) {
    if (head != read || answered) {
      return; // its caller has gone
    }
    if (page == null) {
      failed(fault == null ? new IllegalStateException("no tile and no fault") : fault);
    } else {
      send(shared.encoder().page(page, envelope(read)));
    }
  }

  private void screen(HttpRequest request, RequestHead read, RequestKind kind, Caller by) {
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
    Refusal refusal = shared.screen(kind, by, limitNanos);
    if (refusal != null) {
      refuse(refusal, read);
      return;
    }
    deadline = Deadline.after(read.arrivedNanos(), limitNanos);
    if (read.isPost()) {
      expectBody(request, read);
    } else {
      serve(read, kind, by, null);
    }
  }

  private void expectBody(HttpRequest request, RequestHead read) {
    int max = mostBytes(read);
    if (HeadCheck.contentLength(request) > max) {
      reusable = false;
      send(Fixed.tooLarge(read.shape()), read);
      return;
    }
    reusable = read.keepAlive();
    if (body == null) {
      body = new Body(max, shared.held());
    }
    if (HeadCheck.waitsToSend(request)) {
      carrier.writeContinue();
    }
  }

  private void serve(RequestHead read, RequestKind kind, Caller by, byte @Nullable [] bytes) {
    readNanos = shared.traces().now(shared.ticker(), readNanos);
    Exchange begun = Exchange.of(carrier, shared, read, bytes);
    exchange = begun;
    shared.application().serve(begun.begin(kind, by, deadline), begun);
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
    } else if (!held && exchange == null && body != null && head != null) {
      complete(head, body.toBytes());
    }
  }

  /** The body is there. */
  private void complete(RequestHead read, byte[] document) {
    RequestKind kind = read.kind();
    Binding<?, ?> binding = read.binding();
    Caller by = asking;
    if (kind != null && by != null) {
      serve(read, kind, by, document);
    } else if (binding != null) {
      answerAtOnce(read, binding, document);
    }
  }

  private void finish() {
    head = null;
    if (exchange != null) {
      exchange.over();
      exchange = null;
    }
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
      start(RequestHead.unreadable(shared.traces().unnamed(), shared.ticker().nanos()));
    }
    if (answered) {
      carrier.giveUp();
    } else if (exchange == null && head != null) {
      send(answer, head);
    }
  }

  /** Ends the connection with an answer after a fault of ours, which is told of. */
  void failed(Throwable fault) {
    RequestHead failing = head;
    if (failing == null) {
      failing = RequestHead.unreadable(shared.traces().unnamed(), shared.ticker().nanos());
      start(failing);
    }
    shared.observer().failed(failing.resource(), failing.trace(), fault);
    reusable = false;
    if (exchange != null) {
      exchange.abandon();
    }
    if (answered || begun) {
      carrier.giveUp();
      return;
    }
    send(shared.encoder().failed(failing.trace().requestId(), envelope(failing)));
  }

  private Envelope envelope(RequestHead read) {
    return Envelope.of(read, keepsAlive(), carrier, null, null);
  }

  /** For who was asked for its name. */
  private Envelope envelopeToAsker(RequestHead read) {
    Caller by = asking;
    Standing standing = by == null ? null : shared.application().standing(by);
    return Envelope.of(read, keepsAlive(), carrier, standing, null);
  }

  private boolean keepsAlive() {
    return reusable && !shared.draining();
  }

  private void send(Canned answer, RequestHead read) {
    send(shared.encoder().canned(answer, envelope(read)));
  }

  private void refuse(Refusal refusal, RequestHead read) {
    send(shared.encoder().refused(refusal, envelopeToAsker(read)));
  }

  /** Sends the answer to the request under way, or a part of it. */
  void send(Outgoing answer) {
    switch (answer) {
      case Encoded whole -> {
        answered(whole.status(), whole.reason(), whole.bodyBytes());
        boolean last = !whole.keepAlive() || !reusable;
        carrier.write(whole, last, !bodyEnded);
        finishIfRead(last);
      }
      case Part part -> send(part);
    }
  }

  private void send(Part part) {
    Encoded begin = part.head();
    if (begin != null) {
      begun = true;
      carrier.writeHead(begin);
    }
    int bytes = part.bytes().readableBytes();
    partBytes += bytes;
    if (bytes > 0) {
      carrier.writePiece(part.bytes(), part.heldBytes());
    } else {
      part.bytes().release();
    }
    switch (part.then()) {
      case END -> {
        answered(part.status(), null, partBytes);
        boolean last = !part.keepAlive() || !reusable;
        carrier.writeEnd(last, !bodyEnded);
        finishIfRead(last);
      }
      case MORE -> {
        more = true;
        if (carrier.writable()) {
          writable();
        }
      }
      case AS_BEFORE -> {}
    }
  }

  /** To be called when the carrier has room again; goes on with an answer in parts. */
  void writable() {
    if (more && exchange != null) {
      more = false;
      try {
        exchange.proceed();
      } catch (RuntimeException | Error fault) {
        failed(fault);
      }
    }
  }

  /** Whether the caller knows the end of an answer in pieces from that of the connection. */
  boolean knowsChunks() {
    return head != null && !head.http10();
  }

  private void answered(int status, @Nullable Reason reason, long bodyBytes) {
    answered = true;
    if (head != null) {
      tell(status, reason, bodyBytes, head);
    }
  }

  private void finishIfRead(boolean last) {
    if (bodyEnded && !last) {
      finish();
    }
  }

  private void tell(int status, @Nullable Reason reason, long bodyBytes, RequestHead read) {
    shared
        .observer()
        .answered(
            new Answered(
                read.trace(),
                read.resource(),
                read.methodLabel(),
                status,
                reason,
                bodyBytes,
                new Times(read.arrivedNanos(), knownNanos, readNanos, shared.ticker().nanos()),
                exchange == null ? null : exchange.spent(),
                caller,
                asking != null && asking.claimed() == Priority.CRITICAL,
                asker));
  }

  private @Nullable Identity asker() {
    return asking != null
            && shared.application().identify(asking) instanceof Verdict.Known(Identity identity)
        ? identity
        : null;
  }

  /** To be called when the connection is closed. */
  void abandon() {
    if (exchange != null) {
      exchange.abandon();
    }
    finish();
  }
}
