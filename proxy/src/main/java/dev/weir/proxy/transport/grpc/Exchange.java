package dev.weir.proxy.transport.grpc;

import com.google.protobuf.Message;
import com.google.rpc.Status;
import dev.weir.proxy.path.Authenticator.Verdict;
import dev.weir.proxy.path.Call;
import dev.weir.proxy.path.Caller;
import dev.weir.proxy.path.Deadline;
import dev.weir.proxy.path.Identity;
import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.proxy.path.ReplySink;
import dev.weir.proxy.path.Sketch;
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
  private final String address;
  private final long arrivedNanos;
  private final Method<Q, A> method;
  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtomicBoolean headed = new AtomicBoolean();
  private volatile boolean gone;
  private volatile @Nullable Q request;
  private int heldBytes;
  private long sentBytes;

  // Of the connection's thread.
  private @Nullable Caller caller;
  private @Nullable String tenant;
  private @Nullable Deadline deadline;

  Exchange(
      ServerCall<Q, A> call,
      Shared shared,
      Method<Q, A> method,
      String address,
      long arrivedNanos) {
    this.call = call;
    this.shared = shared;
    this.method = method;
    this.address = address;
    this.arrivedNanos = arrivedNanos;
  }

  /** Refuses by the head alone if that can be, and asks for the message otherwise. */
  void begin(Caller by, long limitNanos, Deadline until) {
    Refusal refusal = screened(by, limitNanos);
    if (refusal != null) {
      refuse(refusal);
      return;
    }
    switch (shared.application().identify(by)) {
      case Verdict.Unknown(Refusal unknown) -> refuse(unknown);
      case Verdict.Known(Identity identity) -> {
        caller = by;
        tenant = identity.tenant();
        deadline = until;
        OpenCalls.current().endBy(until.atNanos());
        call.request(2); // one more than there may be, to hear of it
      }
    }
  }

  private @Nullable Refusal screened(Caller by, long limitNanos) {
    RequestKind kind = method.kind();
    if (kind == null) {
      return null;
    }
    if (shared.held().full()) {
      shared.observer().refused(kind, Reason.SLOW_READERS);
      return HeldBytes.SLOW_READERS;
    }
    return shared.application().screen(kind, by, limitNanos);
  }

  @Override
  public final void onMessage(Q message) {
    if (request != null) {
      end(Statuses.malformed("There is more than one message."), Fault.MALFORMED);
    }
    request = message;
  }

  @Override
  public final void onHalfClose() {
    Q asked = request;
    if (asked == null) {
      end(Statuses.malformed("There is no message."), Fault.MALFORMED);
    } else if (!ended.get()) {
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
    String known = tenant;
    if (known == null) {
      throw new IllegalStateException("a call that was not let in");
    }
    return known;
  }

  /** Hands a query over. */
  final void serve(RouteQuery query, ReplySink sink) {
    if (caller == null || deadline == null) {
      throw new IllegalStateException("a call that was not let in");
    }
    Q asked = asked();
    shared
        .application()
        .serve(
            new Call(
                caller,
                Sketch.of(query),
                arrivedNanos,
                deadline,
                () -> {
                  shared.rules().check(asked);
                  return query;
                }),
            sink);
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
      observed(200);
      close(io.grpc.Status.OK, new Metadata());
    }
  }

  final void refuse(Refusal refusal) {
    end(shared.trailers().of(refusal), Fault.of(refusal.reason()));
  }

  final void end(Status status, Fault fault) {
    end(Trailers.of(status), fault);
  }

  /** Ends the call without a response, unless it has ended. */
  private void end(Trailers.Ending ending, Fault fault) {
    if (ended.compareAndSet(false, true) && !gone) {
      observed(fault.httpStatus());
      close(ending.status(), ending.metadata());
    }
  }

  private void close(io.grpc.Status status, Metadata trailers) {
    shared.load().addTo(trailers);
    call.close(status, trailers);
  }

  private void observed(int httpStatus) {
    long bytes;
    synchronized (this) {
      bytes = sentBytes;
    }
    shared
        .observer()
        .answered(
            method.resource(),
            "gRPC",
            httpStatus,
            bytes,
            shared.ticker().nanos() - arrivedNanos,
            address);
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
