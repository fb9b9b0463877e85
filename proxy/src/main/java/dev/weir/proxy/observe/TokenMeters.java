package dev.weir.proxy.observe;

import dev.weir.proxy.path.TokenObserver.Finding;
import io.micrometer.core.instrument.Counter;
import java.util.EnumMap;
import java.util.Map;

/** What is counted of tokens. All meters exist from the start. Thread-safe. */
final class TokenMeters {

  private final Map<Finding, Counter> found = new EnumMap<>(Finding.class);
  private final Counter keysRefused;

  TokenMeters(Meters meters) {
    for (Finding finding : Finding.values()) {
      found.put(finding, meters.counter(Metric.TOKENS, Meters.label(finding)));
    }
    keysRefused = meters.counter(Metric.KEYS_REFUSED);
  }

  void found(Finding what) {
    Meters.of(found, what).increment();
  }

  void keysRefused() {
    keysRefused.increment();
  }
}
