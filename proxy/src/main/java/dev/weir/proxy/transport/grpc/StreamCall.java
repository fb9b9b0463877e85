package dev.weir.proxy.transport.grpc;

import com.google.protobuf.Message;
import dev.weir.proxy.path.Reply;
import dev.weir.proxy.path.ReplySink;
import dev.weir.proxy.transport.contract.Fault;
import dev.weir.proxy.transport.contract.Statuses;
import dev.weir.proxy.transport.contract.Streamed;
import dev.weir.proxy.transport.contract.Streamed.Turn;
import io.grpc.ServerCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One question and several answers: the next turn is asked when the answers to the last one are
 * with the caller, so that no more waits for a slow one than those. Thread-safe: there is one turn
 * at a time, and whoever takes it to its end begins the next.
 */
final class StreamCall<Q extends Message, A extends Message> extends Exchange<Q, A>
    implements ReplySink {

  private final Streamed<Q, A> method;
  private volatile List<Turn<A>> turns = List.of();

  /** The turn that is under way, or else the next. */
  private int turn;

  /** The next turn waits for the caller to read. */
  private boolean waiting;

  StreamCall(ServerCall<Q, A> call, Streamed<Q, A> method, Shared shared, Arrival arrival) {
    super(call, shared, method, arrival);
    this.method = method;
  }

  @Override
  void asked(Q asked) {
    turns = method.turns(asked);
    next();
  }

  private void next() {
    Turn<A> current;
    synchronized (this) {
      waiting = turn > 0 && turn < turns.size() && !callerReads();
      if (waiting) {
        return;
      }
      current = turn < turns.size() ? turns.get(turn) : null;
    }
    if (current == null) {
      complete();
    } else {
      serve(current.query(), this);
    }
  }

  @Override
  public void onReady() {
    synchronized (this) {
      if (!waiting) {
        return;
      }
      waiting = false;
    }
    next();
  }

  @Override
  public void reply(Reply reply) {
    Turn<A> current;
    synchronized (this) {
      current = turns.get(turn++);
    }
    switch (reply) {
      case Reply.Routed(var answer, var left) -> respond(current.responses().of(answer, left));
      case Reply.Estimated _ -> refuse(NO_ROOM); // there is none of several routes
      case Reply.Unreachable(var problem) -> {
        if (current.optional()) {
          next();
        } else {
          end(Statuses.unreachable(problem), Fault.NO_ROUTE);
        }
      }
      case Reply.Invalid(var problem) -> end(Statuses.invalid(problem), Statuses.fault(problem));
      case Reply.Refused(var refusal) -> refuse(refusal);
      case Reply.Failed(String incident) -> end(Statuses.failed(incident), Fault.INTERNAL);
    }
  }

  private void respond(@Nullable List<A> responses) {
    if (responses == null) {
      refuse(NO_ROOM);
      return;
    }
    for (A response : responses) {
      if (!send(response)) {
        return;
      }
    }
    next();
  }
}
