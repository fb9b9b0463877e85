package dev.weir.proxy.client;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A call with one request and one response that is tried again if it was refused. Nothing is sent
 * before the request is complete; then each attempt is a call of its own. As with any call, its
 * methods are called by one thread, but for {@link #cancel}; its listener hears from one thread at
 * a time.
 */
final class RetriedCall<Q, A> extends ClientCall<Q, A> {

  // At any time after halfClose there is an attempt, or a timer, or the end.

  private final Supplier<ClientCall<Q, A>> opener;
  private final @Nullable Deadline deadline;
  private final Executor executor;
  private final CallSettings settings;
  private final Manners manners;
  private final AdaptiveThrottle throttle;
  private final Context context = Context.current();

  // Of the caller's thread; complete when the first attempt begins.
  private @Nullable Listener<A> listener;
  private Metadata headers = new Metadata();
  private @Nullable Q request;

  // Guarded by this.
  private int attempts;
  private int requested;
  private boolean cancelled;
  private boolean over;
  private @Nullable ClientCall<Q, A> running;
  private @Nullable Runnable wakeUp;

  RetriedCall(
      Supplier<ClientCall<Q, A>> opener,
      CallOptions options,
      CallSettings settings,
      Manners manners) {
    this.opener = opener;
    this.deadline = options.getDeadline();
    Executor own = options.getExecutor();
    this.executor = own == null ? Runnable::run : own;
    this.settings = settings;
    this.manners = manners;
    this.throttle = manners.throttle(settings.priority());
  }

  @Override
  public void start(Listener<A> to, Metadata with) {
    settings.addTo(with);
    listener = to;
    headers = with;
  }

  @Override
  public void request(int messages) {
    ClientCall<Q, A> to;
    synchronized (this) {
      requested += messages;
      to = running;
    }
    if (to != null) {
      to.request(messages);
    }
  }

  @Override
  public void sendMessage(Q message) {
    request = message;
  }

  @Override
  public void halfClose() {
    manners.budget().called();
    attempt(Manners.THROTTLED, new Metadata());
  }

  /** Makes an attempt, or ends as the last one did if the server is to be left alone. */
  private void attempt(Status last, Metadata lastTrailers) {
    if (throttle.refuses()) {
      end(last, lastTrailers);
      return;
    }
    synchronized (this) {
      wakeUp = null;
      if (!cancelled) { // who cancels tells the listener
        attempts++;
        running = opener.get();
        send(running);
      }
    }
  }

  /** Under the lock, as a call that was cancelled must not be used any more. */
  private void send(ClientCall<Q, A> call) {
    Metadata copy = new Metadata();
    copy.merge(headers);
    call.start(new Attempt(), copy);
    call.request(requested);
    call.sendMessage(Objects.requireNonNull(request, "a call without a request"));
    call.halfClose();
  }

  @Override
  public void cancel(@Nullable String message, @Nullable Throwable cause) {
    ClientCall<Q, A> call;
    Runnable timer;
    synchronized (this) {
      cancelled = true;
      call = running;
      timer = wakeUp;
      wakeUp = null;
    }
    if (timer != null) {
      timer.run();
    }
    if (call != null) {
      call.cancel(message, cause); // it tells the listener
    } else {
      end(Status.CANCELLED.withDescription(message).withCause(cause), new Metadata());
    }
  }

  /** Tells the listener without an attempt. */
  private void end(Status status, Metadata trailers) {
    if (listener != null) {
      executor.execute(() -> close(status, trailers));
    }
  }

  private void close(Status status, Metadata trailers) {
    synchronized (this) {
      if (over) {
        return;
      }
      over = true;
    }
    listener().onClose(status, trailers);
  }

  private Listener<A> listener() {
    return Objects.requireNonNull(listener, "a call that was not started");
  }

  /** Arms the timer for another attempt, if there is to be one. */
  private boolean triesAgain(Status status, Metadata trailers) {
    if (!RetryTime.isRefusal(status)) {
      return false;
    }
    synchronized (this) {
      if (cancelled || attempts >= settings.maxAttempts()) {
        return false;
      }
      long told = RetryTime.toldNanos(trailers, manners.clock().instant());
      long wait = RetryTime.waitNanos(told, attempts, manners.random().getAsDouble());
      boolean tooLate =
          wait == RetryTime.NEVER
              || (deadline != null && deadline.timeRemaining(TimeUnit.NANOSECONDS) <= wait);
      if (tooLate || !manners.budget().tryRetry()) {
        return false;
      }
      running = null;
      Runnable next = context.wrap(() -> attempt(status, trailers));
      wakeUp = manners.timer().schedule(next, wait);
      return true;
    }
  }

  /** Hears what becomes of one attempt. */
  private final class Attempt extends SimpleForwardingClientCallListener<A> {

    private boolean headed;

    private Attempt() {
      super(listener());
    }

    @Override
    public void onHeaders(Metadata received) {
      headed = true;
      super.onHeaders(received);
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      Manners.settle(throttle, status, trailers);
      if (headed || !triesAgain(status, trailers)) {
        close(status, trailers);
      }
    }
  }
}
