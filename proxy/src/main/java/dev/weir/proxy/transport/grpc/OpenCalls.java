package dev.weir.proxy.transport.grpc;

import dev.weir.proxy.path.TransportObserver;
import dev.weir.proxy.path.TransportObserver.Cut;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that every call has an end. gRPC holds a call whose caller named no deadline until its
 * request is complete and its answer is taken, be that never. Thread-safe.
 */
final class OpenCalls extends ServerStreamTracer.Factory {

  private static final Context.Key<OpenCall> CALL = Context.key("weir-call");

  private final long patienceNanos;
  private final TransportObserver observer;
  private final Set<OpenCall> ending = ConcurrentHashMap.newKeySet();

  /**
   * @param patience with a caller, after its call should have ended
   */
  OpenCalls(Duration patience, TransportObserver observer) {
    this.patienceNanos = patience.toNanos();
    this.observer = observer;
  }

  /** The call that begins on this thread. */
  static OpenCall current() {
    OpenCall call = CALL.get();
    if (call == null) {
      throw new IllegalStateException("no call begins here");
    }
    return call;
  }

  @Override
  public ServerStreamTracer newServerStreamTracer(String method, Metadata head) {
    return new OpenCall();
  }

  /** Cuts off calls that are long over but for their callers. */
  void sweep(long nowNanos) {
    for (OpenCall call : ending) {
      if (nowNanos - call.endNanos > patienceNanos) {
        call.cut();
      }
    }
  }

  /** One call. */
  final class OpenCall extends ServerStreamTracer {

    private volatile long endNanos;
    private volatile boolean closed;
    private volatile Context.@Nullable CancellableContext context;

    @Override
    public Context filterContext(Context outer) {
      Context.CancellableContext inner = outer.withCancellation();
      context = inner;
      return inner.withValue(CALL, this);
    }

    /** From then on patience with its caller is limited. Without, the call may last for ever. */
    void endBy(long nanos) {
      endNanos = nanos;
      ending.add(this);
      if (closed) {
        ending.remove(this);
      }
    }

    @Override
    public void streamClosed(Status status) {
      closed = true;
      ending.remove(this);
    }

    private void cut() {
      Context.CancellableContext known = context;
      if (ending.remove(this) && known != null) {
        observer.connectionCut(Cut.SLOW_CALL);
        known.cancel(new TimeoutException("the caller took too long to send or to read"));
      }
    }
  }
}
