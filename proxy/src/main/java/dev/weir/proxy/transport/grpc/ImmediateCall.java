package dev.weir.proxy.transport.grpc;

import com.google.protobuf.Message;
import dev.weir.proxy.transport.contract.Immediate;
import dev.weir.proxy.transport.contract.Statuses;
import dev.weir.routing.MalformedQuery;
import dev.weir.routing.Problem;
import io.grpc.ServerCall;

/** One question that is answered from memory, on the thread of the connection. Thread-safe. */
final class ImmediateCall<Q extends Message, A extends Message> extends Exchange<Q, A> {

  private final Immediate<Q, A> method;
  private final Shared shared;

  ImmediateCall(ServerCall<Q, A> call, Immediate<Q, A> method, Shared shared, Arrival arrival) {
    super(call, shared, method, arrival);
    this.method = method;
    this.shared = shared;
  }

  @Override
  void asked(Q asked) {
    try {
      shared.rules().check(asked);
      if (send(method.answer(tenant(), asked))) {
        complete();
      }
    } catch (MalformedQuery mistake) {
      Problem problem = mistake.problem();
      end(Statuses.invalid(problem), Statuses.fault(problem));
    }
  }
}
