package dev.weir.proxy.transport.http;

import com.google.protobuf.Message;
import dev.weir.proxy.transport.contract.Binding;
import dev.weir.routing.MalformedQuery;
import org.jspecify.annotations.Nullable;

/** A request of the contract as it was sent, which is read once. Thread-safe. */
final class Question<Q extends Message> {

  /** Longer documents are left to a worker. Reading one of this length takes some 20 µs. */
  private static final int MOST_ON_LOOP_BYTES = 2_048;

  private static final byte[] NO_BODY = new byte[0];

  private final Shared shared;
  private final RequestHead head;
  private final Binding<Q, ?> binding;
  private final byte[] body;
  private volatile @Nullable Q known;

  /**
   * @param body of a POST, as sent
   */
  Question(Shared shared, RequestHead head, Binding<Q, ?> binding, byte @Nullable [] body) {
    this.shared = shared;
    this.head = head;
    this.binding = binding;
    this.body = body == null ? NO_BODY : body;
  }

  /** Whether it is read soon enough for an event loop. */
  boolean isShort() {
    return !head.gzippedBody() && body.length <= MOST_ON_LOOP_BYTES;
  }

  /**
   * Reads it.
   *
   * @throws MalformedQuery if it cannot be read; its fields were not checked by their rules
   */
  Q read() throws MalformedQuery {
    Q read = binding.read(head.query(), plain());
    known = read;
    return read;
  }

  private byte[] plain() throws MalformedQuery {
    int most = shared.settings().maxInflatedBytes();
    Framing framing = head.framing();
    if (framing != null && framing.isConnect()) {
      return ConnectFrames.only(body, head.gzippedBody(), most);
    }
    return head.gzippedBody() ? Inflation.inflate(body, most) : body;
  }

  /**
   * Checks its fields, and reads it first if it was not.
   *
   * @throws MalformedQuery naming what is wrong with it
   */
  Q checked() throws MalformedQuery {
    Q read = known;
    Q asked = read == null ? read() : read;
    shared.rules().check(asked);
    return asked;
  }

  /** What was asked, of a question that was read. */
  Q asked() {
    Q asked = known;
    if (asked == null) {
      throw new IllegalStateException("an answer without a question");
    }
    return asked;
  }
}
