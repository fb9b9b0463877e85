package dev.weir.proxy.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.grpc.Metadata;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a refused call may be made again. */
final class RetryTimeTest {

  private static final Metadata.Key<byte[]> DETAILS =
      Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);
  private static final Metadata.Key<String> PUSHBACK =
      Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);

  private static final Metadata.Key<String> RETRY_AFTER =
      Metadata.Key.of("retry-after", Metadata.ASCII_STRING_MARSHALLER);
  private static final Instant NOW = Instant.parse("2026-11-29T08:00:00.250Z");

  private static Metadata retryInfo(long seconds, int nanos) {
    RetryInfo info =
        RetryInfo.newBuilder()
            .setRetryDelay(Duration.newBuilder().setSeconds(seconds).setNanos(nanos))
            .build();
    Metadata trailers = new Metadata();
    trailers.put(
        DETAILS,
        Status.newBuilder()
            .addDetails(Any.pack(ErrorInfo.getDefaultInstance()))
            .addDetails(Any.pack(info))
            .build()
            .toByteArray());
    return trailers;
  }

  @ParameterizedTest
  @CsvSource({
    "1, 500000000, 1500000000",
    "0, 0, 0",
    "-3, 0, 0",
    "999999999999, 0, 9223372036854775807"
  })
  void readsItFromTheDetailsOfTheStatus(long seconds, int nanos, long told) {
    assertEquals(told, RetryTime.toldNanos(retryInfo(seconds, nanos), NOW));
  }

  @ParameterizedTest
  @CsvSource({
    "250, 250000000",
    "0, 0",
    "-1, 9223372036854775807",
    "soon, 9223372036854775807",
    "99999999999, 9223372036854775807"
  })
  void readsItFromThePushbackOtherwise(String pushback, long told) {
    Metadata trailers = new Metadata();
    trailers.put(PUSHBACK, pushback);
    assertEquals(told, RetryTime.toldNanos(trailers, NOW));
    trailers.put(DETAILS, new byte[] {1, 2, 3});
    assertEquals(told, RetryTime.toldNanos(trailers, NOW));
  }

  @ParameterizedTest
  @CsvSource({
    "2, 2000000000",
    "0, 0",
    "99999999, 9223372036854775807",
    "'Sun, 29 Nov 2026 08:00:05 GMT', 4750000000",
    "'Sun, 29 Nov 2026 07:00:00 GMT', 0",
    "'Mon, 01 Jan 0001 00:00:00 GMT', 0",
    "'Fri, 31 Dec 9999 23:59:59 GMT', 9223372036854775807",
    "soon, -1",
    "-1, -1",
    "99999999999, -1"
  })
  void readsItFromTheHeaderOfHttpIfThereIsNothingElse(String after, long told) {
    Metadata head = new Metadata();
    head.put(RETRY_AFTER, after);
    assertEquals(told, RetryTime.toldNanos(head, NOW));
    head.put(PUSHBACK, "250");
    assertEquals(250_000_000, RetryTime.toldNanos(head, NOW));
  }

  @Test
  void waitsAsLongAsToldAndABitMore() {
    assertEquals(RetryTime.UNTOLD, RetryTime.toldNanos(new Metadata(), NOW));
    assertEquals(1_000, RetryTime.waitNanos(1_000, 1, 0));
    assertEquals(1_050, RetryTime.waitNanos(1_000, 7, 0.5));
    assertEquals(RetryTime.NEVER, RetryTime.waitNanos(RetryTime.NEVER, 1, 0.5));
  }

  @Test
  void waitsExponentiallyLongerWithJitterIfItIsNotTold() {
    long untold = RetryTime.UNTOLD;
    assertEquals(TimeUnit.MILLISECONDS.toNanos(50), RetryTime.waitNanos(untold, 1, 0.5));
    assertEquals(TimeUnit.MILLISECONDS.toNanos(400), RetryTime.waitNanos(untold, 4, 0.5));
    assertEquals(TimeUnit.SECONDS.toNanos(5), RetryTime.waitNanos(untold, 1_000, 1));
  }
}
