package dev.weir.proxy.transport.http;

import dev.weir.proxy.path.Call;
import dev.weir.proxy.path.Caller;
import dev.weir.proxy.path.Deadline;
import dev.weir.proxy.path.Reply;
import dev.weir.proxy.path.ReplySink;
import dev.weir.proxy.path.Spent;
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

  private final Connection connection;
  private final Shared shared;
  private final RequestHead head;
  private final AtomicBoolean replied = new AtomicBoolean();
  private volatile boolean gone;
  private volatile @Nullable Spent spent;

  Exchange(Connection connection, Shared shared, RequestHead head) {
    this.connection = connection;
    this.shared = shared;
    this.head = head;
  }

  /**
   * In the words of GraphHopper or of the contract, as its path says.
   *
   * @param body of a POST, as sent
   */
  static Exchange of(
      Connection connection, Shared shared, RequestHead head, byte @Nullable [] body) {
    Binding<?, ?> binding = head.binding();
    return binding == null
        ? new GraphHopperExchange(connection, shared, head, body)
        : ContractExchange.of(connection, shared, head, binding, body);
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
    Envelope envelope = new Envelope(head, keepAlive, connection.allocator());
    connection.handOver(this, encoded(reply, envelope));
  }

  /** A fault in writing an answer is no reason to leave the caller without any. */
  private Encoded encoded(Reply reply, Envelope envelope) {
    try {
      return encode(reply, envelope);
    } catch (RuntimeException | Error fault) {
      shared.observer().failed(head.resource(), head.trace(), fault);
      return shared.encoder().failed(head.trace().requestId(), envelope);
    }
  }

  @Override
  public final void spent(Spent on) {
    spent = on;
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
