package dev.weir.proxy.client;

import com.google.rpc.RetryInfo;
import io.grpc.Metadata;
import io.grpc.Status;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
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

  private static final String NUMBER = "\\d{1,10}";
  private static final DateTimeFormatter DATE = DateTimeFormatter.RFC_1123_DATE_TIME;

  private static final Metadata.Key<String> PUSHBACK =
      Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);

  private static final Metadata.Key<String> RETRY_AFTER =
      Metadata.Key.of("retry-after", Metadata.ASCII_STRING_MARSHALLER);

  private RetryTime() {}

  /** Whether the server refused for want of room, so that the same call may succeed later. */
  static boolean isRefusal(Status status) {
    return status.getCode() == Status.Code.UNAVAILABLE
        || status.getCode() == Status.Code.RESOURCE_EXHAUSTED;
  }

  /**
   * What the server said, by {@code google.rpc.RetryInfo}, by gRPC's pushback, or, where something
   * in between answered that knows nothing of gRPC, by the header {@code Retry-After}.
   *
   * @param trailers or the head of that answer
   * @param now against which a date is read
   * @return nanoseconds from now, {@link #NEVER} or {@link #UNTOLD}
   */
  static long toldNanos(Metadata trailers, Instant now) {
    RetryInfo info = Details.of(trailers, RetryInfo.class);
    if (info != null) {
      com.google.protobuf.Duration delay = info.getRetryDelay();
      return delay.getSeconds() > LONGEST_SECONDS
          ? NEVER
          : Math.max(0, TimeUnit.SECONDS.toNanos(delay.getSeconds()) + delay.getNanos());
    }
    String pushback = trailers.get(PUSHBACK);
    if (pushback != null) {
      // Anything else means no (gRFC A6).
      return pushback.matches(NUMBER)
          ? TimeUnit.MILLISECONDS.toNanos(Long.parseLong(pushback))
          : NEVER;
    }
    String after = trailers.get(RETRY_AFTER);
    return after == null ? UNTOLD : nanos(after, now);
  }

  /** Seconds, or a date (RFC 9110, 10.2.3). */
  private static long nanos(String after, Instant now) {
    Duration wait;
    try {
      wait =
          after.matches(NUMBER)
              ? Duration.ofSeconds(Long.parseLong(after))
              : Duration.between(now, DATE.parse(after, Instant::from));
    } catch (DateTimeException neither) {
      return UNTOLD;
    }
    if (wait.isNegative()) {
      return 0;
    }
    return wait.toSeconds() > LONGEST_SECONDS ? NEVER : wait.toNanos();
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
