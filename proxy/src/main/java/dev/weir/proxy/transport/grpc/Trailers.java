package dev.weir.proxy.transport.grpc;

import com.google.rpc.Status;
import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.proxy.transport.RetrySteps;
import dev.weir.proxy.transport.contract.Fault;
import dev.weir.proxy.transport.contract.Statuses;
import io.grpc.Metadata;
import java.util.EnumMap;
import java.util.Map;

/** How calls end that have no response. Every refusal there can be is encoded once. Thread-safe. */
final class Trailers {

  /** What gRPC calls the status with its details. */
  private static final Metadata.Key<byte[]> DETAILS =
      Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);

  /** When a client may try again by itself (gRFC A6). */
  private static final Metadata.Key<String> PUSHBACK =
      Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);

  private final RetrySteps steps;
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

  Trailers(RetrySteps steps) {
    this.steps = steps;
    for (Reason reason : Reason.values()) {
      Ending[] endings = new Ending[Fault.of(reason).asksBack() ? RetrySteps.count() : 1];
      for (int step = 0; step < endings.length; step++) {
        int millis = RetrySteps.millis(step);
        endings[step] =
            new Ending(Statuses.refused(reason, millis), millis == 0 ? "" : String.valueOf(millis));
      }
      refusals.put(reason, endings);
    }
  }

  Ending of(Refusal refusal) {
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
