package dev.weir.proxy.client;

import com.google.protobuf.Duration;
import com.google.rpc.RetryInfo;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.concurrent.TimeUnit;

/** When a call that was refused may be made again. */
final class RetryTime {

  /** The server says that the call is not to be made again. */
  static final long NEVER = Long.MAX_VALUE;

  /** The server says nothing. */
  static final long UNTOLD = -1;

  /** No call lives longer. */
  private static final long LONGEST_SECONDS = TimeUnit.DAYS.toSeconds(1);

  private static final long FIRST_BACKOFF_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long LONGEST_BACKOFF_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final int MOST_DOUBLINGS = 10;

  /** Those who were told the same time come back over this part of it more. */
  private static final double SPREAD = 0.1;

  private static final Metadata.Key<String> PUSHBACK =
      Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);

  private RetryTime() {}

  /** Whether the server refused for want of room, so that the same call may succeed later. */
  static boolean isRefusal(Status status) {
    return status.getCode() == Status.Code.UNAVAILABLE
        || status.getCode() == Status.Code.RESOURCE_EXHAUSTED;
  }

  /**
   * What the server said, by {@code google.rpc.RetryInfo} or else by gRPC's pushback.
   *
   * @return nanoseconds from now, {@link #NEVER} or {@link #UNTOLD}
   */
  static long toldNanos(Metadata trailers) {
    RetryInfo info = Details.of(trailers, RetryInfo.class);
    if (info != null) {
      Duration delay = info.getRetryDelay();
      return delay.getSeconds() > LONGEST_SECONDS
          ? NEVER
          : Math.max(0, TimeUnit.SECONDS.toNanos(delay.getSeconds()) + delay.getNanos());
    }
    String pushback = trailers.get(PUSHBACK);
    if (pushback == null) {
      return UNTOLD;
    }
    // Anything else means no (gRFC A6).
    return pushback.matches("\\d{1,10}")
        ? TimeUnit.MILLISECONDS.toNanos(Long.parseLong(pushback))
        : NEVER;
  }

  /**
   * How long to wait: never less than the server said; if it said nothing, exponentially longer
   * each time, with jitter over all of it.
   *
   * @param told as {@link #toldNanos} returns it
   * @param attempt of the call that failed, from 1
   * @param random from 0 to below 1
   */
  static long waitNanos(long told, int attempt, double random) {
    if (told == NEVER) {
      return NEVER;
    }
    if (told >= 0) {
      return told + (long) (told * SPREAD * random);
    }
    long backoff = FIRST_BACKOFF_NANOS << Math.min(attempt - 1, MOST_DOUBLINGS);
    return (long) (random * Math.min(LONGEST_BACKOFF_NANOS, backoff));
  }
}
