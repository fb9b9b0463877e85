package dev.weir.proxy.transport.grpc;

import com.google.rpc.Status;
import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.proxy.transport.LongWaits;
import dev.weir.proxy.transport.RetrySteps;
import dev.weir.proxy.transport.contract.Fault;
import dev.weir.proxy.transport.contract.Statuses;
import io.grpc.Metadata;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * How calls end that have no response. Every refusal there can be is encoded once, or once a second
 * if its time is long. Thread-safe.
 */
final class Trailers {

  /** What gRPC calls the status with its details. */
  private static final Metadata.Key<byte[]> DETAILS =
      Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);

  /** When a client may try again by itself (gRFC A6). */
  private static final Metadata.Key<String> PUSHBACK =
      Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);

  private final RetrySteps steps;
  private final LongWaits<Ending> untilTomorrow;
  private final Map<Reason, Ending[]> refusals = new EnumMap<>(Reason.class);

  /** A status, and what goes with it. Of the metadata a copy is sent: gRPC writes into it. */
  static final class Ending {

    private final io.grpc.Status status;
    private final byte[] details;
    private final String pushback;

    private Ending(Status status, String pushback) {
      this.status =
          io.grpc.Status.fromCodeValue(status.getCode()).withDescription(status.getMessage());
      this.details = status.toByteArray();
      this.pushback = pushback;
    }

    io.grpc.Status status() {
      return status;
    }

    Metadata metadata() {
      Metadata metadata = new Metadata();
      metadata.put(DETAILS, details);
      if (!pushback.isEmpty()) {
        metadata.put(PUSHBACK, pushback);
      }
      return metadata;
    }
  }

  /**
   * @param spread a number from 0 to below its argument, another one each time; thread-safe
   */
  Trailers(IntUnaryOperator spread) {
    this.steps = new RetrySteps(spread);
    this.untilTomorrow = new LongWaits<>(millis -> ending(Reason.QUOTA_EXHAUSTED, millis), spread);
    for (Reason reason : Reason.values()) {
      Ending[] endings = new Ending[Fault.of(reason).asksBack() ? RetrySteps.count() : 1];
      for (int step = 0; step < endings.length; step++) {
        endings[step] = ending(reason, RetrySteps.millis(step));
      }
      refusals.put(reason, endings);
    }
  }

  private static Ending ending(Reason reason, int millis) {
    return new Ending(Statuses.refused(reason, millis), millis == 0 ? "" : String.valueOf(millis));
  }

  Ending of(Refusal refusal) {
    if (LongWaits.isLong(refusal)) {
      return untilTomorrow.next(refusal.retryAfter());
    }
    Ending[] endings = refusals.get(refusal.reason());
    if (endings == null) {
      throw new IllegalStateException("no trailers for " + refusal.reason());
    }
    return endings[endings.length == 1 ? 0 : steps.next(refusal.retryAfter())];
  }

  static Ending of(Status status) {
    return new Ending(status, "");
  }
}
