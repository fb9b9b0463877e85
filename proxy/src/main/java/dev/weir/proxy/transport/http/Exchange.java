package dev.weir.proxy.transport.http;

import com.google.protobuf.Message;
import dev.weir.proxy.path.Call;
import dev.weir.proxy.path.Caller;
import dev.weir.proxy.path.Deadline;
import dev.weir.proxy.path.Reply;
import dev.weir.proxy.path.ReplySink;
import dev.weir.proxy.path.Spent;
import dev.weir.proxy.path.Standing;
import dev.weir.proxy.transport.contract.Binding;
import dev.weir.proxy.transport.contract.Streamed;
import dev.weir.proxy.transport.contract.Unary;
import dev.weir.routing.RequestKind;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One request in the hands of the application: its query, to be read by a worker, and the way back.
 * Thread-safe. Crosses from the worker to the event loop in {@link #reply}: there the answer is
 * encoded, and handed over as bytes.
 */
abstract class Exchange implements ReplySink {

  private final Carrier carrier;
  private final Shared shared;
  private final RequestHead head;
  private final AtomicBoolean replied = new AtomicBoolean();
  private volatile boolean gone;
  private volatile @Nullable Caller caller;
  private volatile @Nullable Spent spent;

  Exchange(Carrier carrier, Shared shared, RequestHead head) {
    this.carrier = carrier;
    this.shared = shared;
    this.head = head;
  }

  /**
   * In the words of GraphHopper or of the contract, as its path says, with one answer or several.
   *
   * @param body of a POST, as sent
   */
  static Exchange of(Carrier carrier, Shared shared, RequestHead head, byte @Nullable [] body) {
    Binding<?, ?> binding = head.binding();
    return binding == null
        ? new GraphHopperExchange(carrier, shared, head, body)
        : of(carrier, shared, head, binding, body);
  }

  private static <Q extends Message, A extends Message> Exchange of(
      Carrier carrier,
      Shared shared,
      RequestHead head,
      Binding<Q, A> binding,
      byte @Nullable [] body) {
    Framing framing = head.framing();
    if (binding.method() instanceof Unary<Q, A> method) {
      return new ContractExchange<>(carrier, shared, head, binding, method, body);
    }
    if (binding.method() instanceof Streamed<Q, A> method && framing != null) {
      return new StreamExchange<>(carrier, shared, head, binding, method, framing, body);
    }
    throw new IllegalStateException(head.path() + " is not computed");
  }

  final Carrier carrier() {
    return carrier;
  }

  final Shared shared() {
    return shared;
  }

  final RequestHead head() {
    return head;
  }

  /** The call that is handed over, on the event loop. */
  final Call begin(RequestKind kind, Caller asking, Deadline deadline) {
    caller = asking;
    return call(kind, asking, deadline);
  }

  /** Who asks, once it has begun. */
  final @Nullable Caller caller() {
    return caller;
  }

  /** Made on the event loop: what needs time is left to {@link Call#query}. */
  abstract Call call(RequestKind kind, Caller caller, Deadline deadline);

  abstract Outgoing encode(Reply reply, Envelope envelope);

  /** What was sent so far is with the caller, and it was not all. Called on the event loop. */
  void proceed() {
    throw new IllegalStateException("there is one answer");
  }

  /** Nothing more is sent. Called on the event loop. */
  void over() {}

  /** One more reply is to come. */
  final void expectReply() {
    replied.set(false);
  }

  @Override
  public final void reply(Reply reply) {
    if (!replied.compareAndSet(false, true) || gone) {
      return;
    }
    boolean keepAlive = head.keepAlive() && !shared.draining();
    Caller asking = caller;
    Standing standing = asking == null ? null : shared.application().standing(asking);
    carrier.handOver(this, encoded(reply, Envelope.of(head, keepAlive, carrier, standing, spent)));
  }

  /** A fault in writing an answer is no reason to leave the caller without any. */
  private Outgoing encoded(Reply reply, Envelope envelope) {
    try {
      return encode(reply, envelope);
    } catch (RuntimeException | Error fault) {
      shared.observer().failed(head.resource(), head.trace(), fault);
      return failed(head.trace().requestId(), envelope);
    }
  }

  /** What to tell of a fault of ours. */
  Outgoing failed(String incident, Envelope envelope) {
    return shared.encoder().failed(incident, envelope);
  }

  @Override
  public final void spent(Spent on) {
    Spent before = spent;
    spent = before == null ? on : before.plus(on);
  }

  /** Where the time went, if it was admitted. */
  final @Nullable Spent spent() {
    return spent;
  }

  @Override
  public final boolean abandoned() {
    return gone;
  }

  /** Called when the caller went away. */
  final void abandon() {
    gone = true;
  }
}
