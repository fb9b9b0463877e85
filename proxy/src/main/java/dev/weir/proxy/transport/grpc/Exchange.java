package dev.weir.proxy.transport.grpc;

import com.google.protobuf.Message;
import com.google.rpc.Status;
import dev.weir.proxy.path.Answered;
import dev.weir.proxy.path.Authenticator.Verdict;
import dev.weir.proxy.path.Call;
import dev.weir.proxy.path.Caller;
import dev.weir.proxy.path.Deadline;
import dev.weir.proxy.path.Identity;
import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.proxy.path.Reply;
import dev.weir.proxy.path.ReplySink;
import dev.weir.proxy.path.Sketch;
import dev.weir.proxy.path.Spent;
import dev.weir.proxy.path.Times;
import dev.weir.proxy.transport.HeldBytes;
import dev.weir.proxy.transport.contract.Fault;
import dev.weir.proxy.transport.contract.Method;
import dev.weir.proxy.transport.contract.Statuses;
import dev.weir.routing.RequestKind;
import dev.weir.routing.RouteQuery;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One call with one request. The listener's methods run on the thread of the connection, what
 * replies on any, mostly on the worker, which encodes the response. Thread-safe.
 */
abstract class Exchange<Q extends Message, A extends Message> extends ServerCall.Listener<Q> {

  static final Refusal NO_ROOM = new Refusal(Reason.OVER_CAPACITY, Duration.ofSeconds(1));

  private final ServerCall<Q, A> call;
  private final Shared shared;
  private final Arrival arrival;
  private final OpenCalls.OpenCall open = OpenCalls.current();
  private final Method<Q, A> method;
  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtomicBoolean headed = new AtomicBoolean();
  private volatile boolean gone;
  private volatile @Nullable Q request;
  private int heldBytes;
  private long sentBytes;

  // Of the thread that lets the call begin, and from its first message on of the connection's.
  private @Nullable Deadline deadline;

  private volatile long knownNanos;
  private volatile long readNanos;
  private volatile @Nullable Caller caller;
  private volatile @Nullable Identity identity;
  private volatile @Nullable Spent spent;

  Exchange(ServerCall<Q, A> call, Shared shared, Method<Q, A> method, Arrival arrival) {
    this.call = call;
    this.shared = shared;
    this.method = method;
    this.arrival = arrival;
    this.knownNanos = arrival.nanos();
    this.readNanos = arrival.nanos();
  }

  /** Refuses by the head alone if that can be, and asks for the message otherwise. */
  void begin(Caller by, long limitNanos, Deadline until) {
    caller = by;
    knownNanos = shared.traces().now(shared.ticker(), arrival.nanos());
    readNanos = knownNanos;
    Refusal refusal = screened(by, limitNanos);
    if (refusal != null) {
      refuse(refusal);
      return;
    }
    switch (shared.application().identify(by)) {
      case Verdict.Unknown(Refusal unknown) -> refuse(unknown);
      case Verdict.Known(Identity known) -> {
        identity = known;
        deadline = until;
        open.endBy(until.atNanos());
        call.request(2); // one more than there may be, to hear of it
      }
    }
  }

  private @Nullable Refusal screened(Caller by, long limitNanos) {
    RequestKind kind = method.kind();
    if (kind == null) {
      return null;
    }
    Refusal refusal = shared.application().screen(kind, by, limitNanos);
    if (refusal == null && shared.held().full()) {
      shared.observer().refused(kind, Reason.SLOW_READERS);
      return HeldBytes.SLOW_READERS;
    }
    return refusal;
  }

  /**
   * @param message {@code null} if it cannot be read
   */
  @Override
  public final void onMessage(@Nullable Q message) {
    if (message == null) {
      end(CallHead.unreadable(), Fault.MALFORMED);
    } else if (request != null) {
      end(Statuses.malformed("There is more than one message."), Fault.MALFORMED);
    }
    request = message;
  }

  @Override
  public final void onHalfClose() {
    Q asked = request;
    if (asked == null) {
      end(Statuses.malformed("There is no message."), Fault.MALFORMED);
    } else {
      shared.afterReading().run(() -> Recovery.attempt(() -> begin(asked), this::failed));
    }
  }

  private void begin(Q asked) {
    if (!gone && !ended.get()) {
      readNanos = shared.traces().now(shared.ticker(), readNanos);
      asked(asked);
    }
  }

  /** The request is complete. */
  abstract void asked(Q asked);

  /** What was asked. */
  final Q asked() {
    Q asked = request;
    if (asked == null) {
      throw new IllegalStateException("an answer without a question");
    }
    return asked;
  }

  /** Who asks. */
  final String tenant() {
    Identity known = identity;
    if (known == null) {
      throw new IllegalStateException("a call that was not let in");
    }
    return known.tenant();
  }

  /** Hands a query over. */
  final void serve(RouteQuery query, ReplySink sink) {
    Caller by = caller;
    Deadline until = deadline;
    if (by == null || until == null) {
      throw new IllegalStateException("a call that was not let in");
    }
    Q asked = asked();
    shared
        .application()
        .serve(
            new Call(
                arrival.trace(),
                by,
                Sketch.of(query),
                arrival.nanos(),
                until,
                () -> {
                  shared.rules().check(asked);
                  return query;
                }),
            new Recovering(sink));
  }

  /** Takes replies, from any thread. */
  private final class Recovering implements ReplySink {

    private final ReplySink sink;

    Recovering(ReplySink sink) {
      this.sink = sink;
    }

    @Override
    public void spent(Spent on) {
      Spent before = spent;
      spent = before == null ? on : before.plus(on);
    }

    @Override
    public void reply(Reply reply) {
      try {
        sink.reply(reply);
      } catch (RuntimeException | Error fault) {
        failed(fault);
      }
    }

    @Override
    public boolean abandoned() {
      return sink.abandoned();
    }
  }

  /** Ends the call after a fault of ours, which is told of. */
  final void failed(Throwable fault) {
    shared.observer().failed(method.resource(), arrival.trace(), fault);
    end(Statuses.failed(arrival.trace().requestId()), Fault.INTERNAL);
  }

  /**
   * Sends a response, if there is room for it.
   *
   * @return whether it was sent; otherwise the call has ended
   */
  final boolean send(A response) {
    if (gone || ended.get()) {
      return false;
    }
    int bytes = response.getSerializedSize();
    if (!hold(bytes)) {
      refuse(HeldBytes.SLOW_READERS);
      return false;
    }
    if (headed.compareAndSet(false, true)) {
      call.sendHeaders(new Metadata());
    }
    call.sendMessage(response);
    return true;
  }

  /** Whether a further response would not have to wait for the caller to read those before it. */
  final boolean callerReads() {
    return call.isReady();
  }

  /** Ends the call after its last response. */
  final void complete() {
    if (ended.compareAndSet(false, true) && !gone) {
      observed(200, null);
      close(io.grpc.Status.OK, new Metadata());
    }
  }

  final void refuse(Refusal refusal) {
    Reason reason = refusal.reason();
    end(shared.trailers().of(refusal), Fault.of(reason), reason);
  }

  final void end(Status status, Fault fault) {
    end(Trailers.of(status), fault, null);
  }

  /** Ends the call without a response, unless it has ended. */
  private void end(Trailers.Ending ending, Fault fault, @Nullable Reason reason) {
    if (ended.compareAndSet(false, true) && !gone) {
      observed(fault.httpStatus(), reason);
      close(ending.status(), ending.metadata());
    }
  }

  private void close(io.grpc.Status status, Metadata trailers) {
    CallHead.name(trailers, arrival.trace());
    shared.load().addTo(trailers);
    Caller by = caller;
    if (by != null) {
      QuotaTrailers.addTo(trailers, shared.application().standing(by));
    }
    call.close(status, trailers);
  }

  private void observed(int httpStatus, @Nullable Reason reason) {
    long bytes;
    synchronized (this) {
      bytes = sentBytes;
    }
    shared
        .observer()
        .answered(
            new Answered(
                arrival.trace(),
                method.resource(),
                "gRPC",
                httpStatus,
                reason,
                bytes,
                new Times(arrival.nanos(), knownNanos, readNanos, shared.ticker().nanos()),
                spent,
                arrival.address(),
                CallHead.claimsMost(caller),
                this::asker));
  }

  private @Nullable Identity asker() {
    Identity known = identity;
    return known == null ? shared.identity(caller) : known;
  }

  /** Of {@link ReplySink}. */
  public final boolean abandoned() {
    return gone;
  }

  /** The caller went away, or its deadline passed. */
  @Override
  public final void onCancel() {
    gone = true;
    release();
  }

  @Override
  public final void onComplete() {
    gone = true;
    release();
  }

  /** Room is given back when the call is over: gRPC does not tell when a response was read. */
  private synchronized boolean hold(int bytes) {
    if (gone || !shared.held().tryHoldAnswer(bytes)) {
      return false;
    }
    heldBytes += bytes;
    sentBytes += bytes;
    return true;
  }

  private synchronized void release() {
    if (heldBytes > 0) {
      shared.held().releaseAnswer(heldBytes);
      heldBytes = 0;
    }
  }
}
