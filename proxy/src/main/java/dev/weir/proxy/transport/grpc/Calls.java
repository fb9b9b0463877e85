package dev.weir.proxy.transport.grpc;

import com.google.protobuf.Message;
import dev.weir.proxy.path.Caller;
import dev.weir.proxy.path.Deadline;
import dev.weir.proxy.transport.contract.Fault;
import dev.weir.proxy.transport.contract.Immediate;
import dev.weir.proxy.transport.contract.Streamed;
import dev.weir.proxy.transport.contract.Unary;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCall.Listener;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import java.util.concurrent.TimeUnit;

/**
 * Calls of one method: refuses by their heads whom it can, and reads the messages of the others.
 * Thread-safe; runs on the threads of connections, and goes on elsewhere where it takes time to
 * find out whose a call is.
 */
final class Calls<Q extends Message, A extends Message> implements ServerCallHandler<Q, A> {

  private final Shared shared;
  private final Beginning<Q, A> beginning;

  /** Makes the call that a head announces. */
  @FunctionalInterface
  private interface Beginning<Q extends Message, A extends Message> {
    Exchange<Q, A> of(ServerCall<Q, A> call, Shared shared, Arrival arrival);
  }

  private Calls(Shared shared, Beginning<Q, A> beginning) {
    this.shared = shared;
    this.beginning = beginning;
  }

  static <Q extends Message, A extends Message> ServerMethodDefinition<Q, A> of(
      MethodDescriptor<Q, A> descriptor, Unary<Q, A> method, Shared shared) {
    return ServerMethodDefinition.create(
        descriptor,
        new Calls<>(shared, (call, all, arrival) -> new UnaryCall<>(call, method, all, arrival)));
  }

  static <Q extends Message, A extends Message> ServerMethodDefinition<Q, A> of(
      MethodDescriptor<Q, A> descriptor, Immediate<Q, A> method, Shared shared) {
    return ServerMethodDefinition.create(
        descriptor,
        new Calls<>(
            shared, (call, all, arrival) -> new ImmediateCall<>(call, method, all, arrival)));
  }

  static <Q extends Message, A extends Message> ServerMethodDefinition<Q, A> of(
      MethodDescriptor<Q, A> descriptor, Streamed<Q, A> method, Shared shared) {
    return ServerMethodDefinition.create(
        descriptor,
        new Calls<>(shared, (call, all, arrival) -> new StreamCall<>(call, method, all, arrival)));
  }

  @Override
  public Listener<Q> startCall(ServerCall<Q, A> call, Metadata head) {
    Arrival arrival = CallHead.arrival(call, head, shared);
    Exchange<Q, A> begun = beginning.of(call, shared, arrival);
    return Recovery.around(begun, () -> begin(begun, call, head, arrival), begun::failed);
  }

  private void begin(Exchange<Q, A> begun, ServerCall<Q, A> call, Metadata head, Arrival arrival) {
    Caller caller = CallHead.caller(head, arrival, call.getAttributes());
    if (caller == null) {
      begun.end(CallHead.badPriority(), Fault.MALFORMED);
      return;
    }
    io.grpc.Deadline wish = Context.current().getDeadline();
    long limitNanos =
        shared.timeLimit().nanos(wish == null ? null : wish.timeRemaining(TimeUnit.NANOSECONDS));
    Deadline deadline = Deadline.after(arrival.nanos(), limitNanos);
    Caller known =
        shared
            .application()
            .recognize(
                caller,
                by -> Recovery.attempt(() -> begun.begin(by, limitNanos, deadline), begun::failed));
    if (known != null) {
      begun.begin(known, limitNanos, deadline);
    }
  }
}
