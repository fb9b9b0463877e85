package dev.weir.proxy.transport.http;

import com.google.protobuf.Message;
import dev.weir.proxy.transport.contract.Binding;
import dev.weir.proxy.transport.contract.Codec;
import dev.weir.proxy.transport.contract.Immediate;
import dev.weir.proxy.transport.contract.Statuses;
import dev.weir.routing.MalformedQuery;
import dev.weir.routing.Problem;

/** Answers what the contract answers from memory. Thread-safe; for event loops. */
final class AtOnce {

  /** Longer requests are too large: they are read on event loops. */
  static final int MOST_BYTES = 8_192;

  private AtOnce() {}

  /**
   * @param tenant who asks
   * @param document the body, as sent; empty if there is none
   */
  static <Q extends Message, A extends Message> Encoded answer(
      Shared shared, Binding<Q, A> binding, String tenant, byte[] document, Envelope envelope) {
    if (!(binding.method() instanceof Immediate<Q, A> method)) {
      throw new IllegalStateException("it takes work");
    }
    RequestHead head = envelope.head();
    Codec codec = binding.codec();
    try {
      byte[] plain = head.gzippedBody() ? Inflation.inflate(document, MOST_BYTES) : document;
      Q request = binding.read(head.query(), plain);
      shared.rules().check(request);
      byte[] answer = codec.write(method.answer(tenant, request));
      return shared.encoder().plain(200, codec, answer, envelope);
    } catch (MalformedQuery mistake) {
      Problem problem = mistake.problem();
      int status = Statuses.fault(problem).httpStatus();
      byte[] fault = head.shape().write(Statuses.invalid(problem));
      return shared.encoder().plain(status, Codec.JSON, fault, envelope);
    }
  }
}
