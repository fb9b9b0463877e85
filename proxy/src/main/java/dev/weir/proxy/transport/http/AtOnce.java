package dev.weir.proxy.transport.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Message;
import dev.weir.proxy.transport.contract.ContractJson;
import dev.weir.proxy.transport.contract.Immediate;
import dev.weir.proxy.transport.contract.RestRoutes;
import dev.weir.proxy.transport.contract.Statuses;
import dev.weir.routing.MalformedQuery;
import dev.weir.routing.Problem;

/** Answers what the contract answers from memory. Thread-safe; for event loops. */
final class AtOnce {

  private static final byte[] NO_BODY = new byte[0];

  private AtOnce() {}

  /**
   * @param tenant who asks
   */
  static <Q extends Message, A extends Message> Encoded answer(
      Shared shared, RestRoutes.Found<Q, A> found, String tenant, Envelope envelope) {
    if (!(found.route().method() instanceof Immediate<Q, A> method)) {
      throw new IllegalStateException("it takes work");
    }
    try {
      Q request = found.read(envelope.head().query(), NO_BODY);
      shared.rules().check(request);
      return json(shared, 200, method.answer(tenant, request), envelope);
    } catch (MalformedQuery mistake) {
      Problem problem = mistake.problem();
      int status = Statuses.fault(problem).httpStatus();
      return json(shared, status, Statuses.invalid(problem), envelope);
    }
  }

  private static Encoded json(Shared shared, int status, Message message, Envelope envelope) {
    return shared.encoder().plainJson(status, ContractJson.of(message).getBytes(UTF_8), envelope);
  }
}
