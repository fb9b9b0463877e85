package dev.weir.proxy.transport.grpc;

import com.google.protobuf.Message;
import dev.weir.proxy.path.Reply;
import dev.weir.proxy.path.ReplySink;
import dev.weir.proxy.transport.contract.Fault;
import dev.weir.proxy.transport.contract.Statuses;
import dev.weir.proxy.transport.contract.Unary;
import io.grpc.ServerCall;
import org.jspecify.annotations.Nullable;

/** One question and one answer. Thread-safe. */
final class UnaryCall<Q extends Message, A extends Message> extends Exchange<Q, A>
    implements ReplySink {

  private final Unary<Q, A> method;

  UnaryCall(ServerCall<Q, A> call, Unary<Q, A> method, Shared shared, Arrival arrival) {
    super(call, shared, method, arrival);
    this.method = method;
  }

  @Override
  void asked(Q asked) {
    serve(method.query(asked), this);
  }

  @Override
  public void reply(Reply reply) {
    switch (reply) {
      case Reply.Routed(var answer, var left) ->
          respond(method.response(tenant(), asked(), answer, left));
      case Reply.Estimated(double meters, long millis) -> respond(method.estimate(meters, millis));
      case Reply.Unreachable(var problem) -> end(Statuses.unreachable(problem), Fault.NO_ROUTE);
      case Reply.Invalid(var problem) -> end(Statuses.invalid(problem), Statuses.fault(problem));
      case Reply.Refused(var refusal) -> refuse(refusal);
      case Reply.Failed(String incident) -> end(Statuses.failed(incident), Fault.INTERNAL);
    }
  }

  private void respond(@Nullable A response) {
    if (response == null) {
      refuse(NO_ROOM);
    } else if (send(response)) {
      complete();
    }
  }
}
