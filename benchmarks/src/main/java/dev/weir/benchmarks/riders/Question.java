package dev.weir.benchmarks.riders;

import dev.weir.benchmarks.load.Requests;
import dev.weir.proxy.path.Priority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What one rider asks, whatever the protocol.
 *
 * @param target path and query
 * @param tier that it claims
 * @param key of its tenant, empty for none
 */
record Question(Kind kind, String target, Priority tier, String key) {

  /** As HTTP/1.1, with the deadline in the words of every server that knows some. */
  Requests.Plain plain(Duration deadline) {
    List<String> headers = new ArrayList<>();
    headers.add("X-Request-Timeout-Ms: " + deadline.toMillis());
    headers.add("X-Weir-Priority: " + tier.name().toLowerCase(Locale.ROOT));
    if (!key.isEmpty()) {
      headers.add("X-Api-Key: " + key);
    }
    String limited = kind.isRoute() ? target + "&timeout_ms=" + deadline.toMillis() : target;
    return new Requests.Plain(limited, headers, kind.mark());
  }
}
