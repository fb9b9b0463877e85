package dev.weir.benchmarks.riders;

import dev.weir.benchmarks.load.Requests;
import dev.weir.benchmarks.load.http2.Rpc;
import dev.weir.proxy.path.Priority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What one rider asks, whatever the protocol.
 *
 * @param tier that it claims
 * @param key of its tenant, empty for none
 */
record Question(Kind kind, City.Trip trip, Priority tier, String key) {

  /** Of GraphHopper's own API, over HTTP. */
  String target() {
    return kind.target(trip);
  }

  /** With the deadline in the words of every server that knows some. */
  Requests.Plain plain(Duration deadline) {
    String limited = kind.isRoute() ? target() + "&timeout_ms=" + deadline.toMillis() : target();
    return new Requests.Plain(limited, headers(deadline), kind.mark());
  }

  /** As {@code weir.v1} has it, over gRPC. */
  Rpc rpc(Duration deadline) {
    List<String> metadata = new ArrayList<>();
    metadata.addAll(List.of("grpc-timeout", deadline.toMillis() + "m"));
    metadata.addAll(List.of("x-weir-priority", tier.name().toLowerCase(Locale.ROOT)));
    if (!key.isEmpty()) {
      metadata.addAll(List.of("x-api-key", key));
    }
    return new Rpc(Contract.method(kind), Contract.request(kind, trip), metadata);
  }

  private List<String> headers(Duration deadline) {
    List<String> headers = new ArrayList<>();
    headers.add("X-Request-Timeout-Ms: " + deadline.toMillis());
    headers.add("X-Weir-Priority: " + tier.name().toLowerCase(Locale.ROOT));
    if (!key.isEmpty()) {
      headers.add("X-Api-Key: " + key);
    }
    return headers;
  }
}
