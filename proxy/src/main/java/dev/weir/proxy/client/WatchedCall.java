package dev.weir.proxy.client;

import io.grpc.ClientCall;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.Status;

/** A stream that is sent: counted like other calls, and not tried again. */
final class WatchedCall<Q, A> extends SimpleForwardingClientCall<Q, A> {

  private final CallSettings settings;
  private final AdaptiveThrottle throttle;

  WatchedCall(ClientCall<Q, A> inner, CallSettings settings, AdaptiveThrottle throttle) {
    super(inner);
    this.settings = settings;
    this.throttle = throttle;
  }

  @Override
  public void start(Listener<A> listener, Metadata headers) {
    settings.addTo(headers);
    super.start(new Counting<>(listener, throttle), headers);
  }

  private static final class Counting<A> extends SimpleForwardingClientCallListener<A> {

    private final AdaptiveThrottle throttle;
    private boolean answered;

    Counting(Listener<A> listener, AdaptiveThrottle throttle) {
      super(listener);
      this.throttle = throttle;
    }

    @Override
    public void onMessage(A message) {
      if (!answered) {
        answered = true;
        throttle.settled(true);
      }
      super.onMessage(message);
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      if (!answered) {
        Manners.settle(throttle, status, trailers);
      }
      super.onClose(status, trailers);
    }
  }
}
