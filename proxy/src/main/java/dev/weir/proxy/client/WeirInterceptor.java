package dev.weir.proxy.client;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * Makes the calls of a stub considerate: each has a deadline and says who asks and how urgent it
 * is; what the server refused is tried again no earlier than it said, and within a retry budget of
 * 10 %; and while it refuses most calls, some are not sent at all. Thread-safe.
 *
 * <p>Streams in both directions have no deadline but their own: they go on until somebody ends
 * them.
 *
 * <p>Only refusals are tried again: {@code UNAVAILABLE} and {@code RESOURCE_EXHAUSTED}. Streams are
 * not, as what they brought would come twice. The channel's own retries should be off.
 */
public final class WeirInterceptor implements ClientInterceptor {

  private final CallSettings settings;
  private final Manners manners;

  /**
   * For one server.
   *
   * @param clockNanos never goes back, as {@link System#nanoTime}; thread-safe
   * @param clock against which a date to come back at is read; thread-safe
   * @param random from 0 to below 1, another one each time; thread-safe
   */
  public WeirInterceptor(
      CallSettings settings,
      LongSupplier clockNanos,
      InstantSource clock,
      DoubleSupplier random,
      Timer timer) {
    this(settings, new Manners(clockNanos, clock, random, timer));
  }

  private WeirInterceptor(CallSettings settings, Manners manners) {
    this.settings = settings;
    this.manners = manners;
  }

  /** For calls to the same server with other settings: throttle and budget are shared. */
  public WeirInterceptor with(CallSettings other) {
    return new WeirInterceptor(other, manners);
  }

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    boolean endless = !method.getType().clientSendsOneMessage();
    CallOptions timed =
        options.getDeadline() != null || endless
            ? options
            : options.withDeadlineAfter(settings.deadline().toNanos(), TimeUnit.NANOSECONDS);
    if (method.getType() == MethodDescriptor.MethodType.UNARY) {
      return new RetriedCall<>(() -> next.newCall(method, timed), timed, settings, manners);
    }
    AdaptiveThrottle throttle = manners.throttle(settings.priority());
    return throttle.refuses()
        ? new UnsentCall<>(timed)
        : new WatchedCall<>(next.newCall(method, timed), settings, throttle);
  }
}
