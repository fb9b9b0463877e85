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
    Exchange<Q, A> of(ServerCall<Q, A> call, Shared shared, String address, long arrivedNanos);
  }

  private Calls(Shared shared, Beginning<Q, A> beginning) {
    this.shared = shared;
    this.beginning = beginning;
  }

  static <Q extends Message, A extends Message> ServerMethodDefinition<Q, A> of(
      MethodDescriptor<Q, A> descriptor, Unary<Q, A> method, Shared shared) {
    return ServerMethodDefinition.create(
        descriptor,
        new Calls<>(shared, (call, all, from, at) -> new UnaryCall<>(call, method, all, from, at)));
  }

  static <Q extends Message, A extends Message> ServerMethodDefinition<Q, A> of(
      MethodDescriptor<Q, A> descriptor, Immediate<Q, A> method, Shared shared) {
    return ServerMethodDefinition.create(
        descriptor,
        new Calls<>(
            shared, (call, all, from, at) -> new ImmediateCall<>(call, method, all, from, at)));
  }

  static <Q extends Message, A extends Message> ServerMethodDefinition<Q, A> of(
      MethodDescriptor<Q, A> descriptor, Streamed<Q, A> method, Shared shared) {
    return ServerMethodDefinition.create(
        descriptor,
        new Calls<>(
            shared, (call, all, from, at) -> new StreamCall<>(call, method, all, from, at)));
  }

  @Override
  public Listener<Q> startCall(ServerCall<Q, A> call, Metadata head) {
    long nowNanos = shared.ticker().nanos();
    String address = CallHead.address(call.getAttributes());
    Exchange<Q, A> begun = beginning.of(call, shared, address, nowNanos);
    Caller caller = CallHead.caller(head, address, call.getAttributes().get(Security.SUBJECT));
    if (caller == null) {
      begun.end(CallHead.badPriority(), Fault.MALFORMED);
      return begun;
    }
    io.grpc.Deadline wish = Context.current().getDeadline();
    long limitNanos =
        shared.timeLimit().nanos(wish == null ? null : wish.timeRemaining(TimeUnit.NANOSECONDS));
    Deadline deadline = Deadline.after(nowNanos, limitNanos);
    Caller known =
        shared.application().recognize(caller, by -> begun.begin(by, limitNanos, deadline));
    if (known != null) {
      begun.begin(known, limitNanos, deadline);
    }
    return begun;
  }
}
