package dev.weir.proxy.transport.http;

import dev.weir.proxy.path.Call;
import dev.weir.proxy.path.Caller;
import dev.weir.proxy.path.Deadline;
import dev.weir.proxy.path.Reply;
import dev.weir.proxy.path.ReplySink;
import dev.weir.proxy.transport.contract.Binding;
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

  Exchange(Carrier carrier, Shared shared, RequestHead head) {
    this.carrier = carrier;
    this.shared = shared;
    this.head = head;
  }

  /**
   * In the words of GraphHopper or of the contract, as its path says.
   *
   * @param body of a POST, as sent
   */
  static Exchange of(Carrier carrier, Shared shared, RequestHead head, byte @Nullable [] body) {
    Binding<?, ?> binding = head.binding();
    return binding == null
        ? new GraphHopperExchange(carrier, shared, head, body)
        : ContractExchange.of(carrier, shared, head, binding, body);
  }

  final Shared shared() {
    return shared;
  }

  final RequestHead head() {
    return head;
  }

  /** Made on the event loop: what needs time is left to {@link Call#query}. */
  abstract Call call(RequestKind kind, Caller caller, Deadline deadline);

  abstract Encoded encode(Reply reply, Envelope envelope);

  @Override
  public final void reply(Reply reply) {
    if (!replied.compareAndSet(false, true) || gone) {
      return;
    }
    boolean keepAlive = head.keepAlive() && !shared.draining();
    carrier.handOver(this, encode(reply, Envelope.of(head, keepAlive, carrier)));
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
