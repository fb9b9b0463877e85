package dev.weir.proxy.observe;

import dev.weir.proxy.path.CertificateObserver.Port;
import io.micrometer.core.instrument.Counter;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What is known of the certificates of ports. All meters exist from the start. Thread-safe. */
final class CertificateMeters {

  private final Map<Port, Long> expirySeconds = new ConcurrentHashMap<>();
  private final Map<Port, Counter> refused = new EnumMap<>(Port.class);

  CertificateMeters(Meters meters) {
    for (Port port : Port.values()) {
      String label = Meters.label(port);
      refused.put(port, meters.counter(Metric.CERTIFICATES_REFUSED, label));
      meters.gauge(Metric.CERTIFICATE_EXPIRY, () -> expiry(port), label);
    }
  }

  private double expiry(Port port) {
    Long seconds = expirySeconds.get(port);
    return seconds == null ? Double.NaN : seconds;
  }

  void inUse(Port port, Instant expires) {
    expirySeconds.put(port, expires.getEpochSecond());
  }

  void refused(Port port) {
    Meters.of(refused, port).increment();
  }
}
