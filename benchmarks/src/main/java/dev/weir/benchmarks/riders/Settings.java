package dev.weir.benchmarks.riders;

import dev.weir.proxy.config.GateSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Lines for Weir's configuration. */
final class Settings {
  /** Keys of the tenants that {@link #tenants} names: riders of critical tier need one. */
  static final List<String> KEYS = List.of("load-lab-1", "load-lab-2", "load-lab-3", "load-lab-4");

  /** Of one connection, unless there are to be more. */
  private static final int USUAL_STREAMS = 1_000;

  private Settings() {}

  /** What Weir needs to be set to for these riders. */
  static String of(Given given) {
    int streams = Math.max(USUAL_STREAMS, given.perConnection);
    return tenants() + "grpc:\n  max-concurrent-streams: " + streams + "\n";
  }

  /** Tenants of equal weight who may claim any tier. */
  private static String tenants() {
    StringBuilder yaml = new StringBuilder("callers:\n  tenants:\n");
    for (String key : KEYS) {
      yaml.append("    - name: ").append(key).append("\n      keys: [").append(key);
      yaml.append("]\n      priority: critical\n");
    }
    return yaml.toString();
  }

  /**
   * A policy by its name: what {@code gate.limit} or {@code gate.order} can be.
   *
   * @throws IllegalArgumentException with one sentence if there is no such policy
   */
  static String policy(String name) {
    if (words(GateSettings.Order.values()).contains(name)) {
      return "gate:\n  order: " + name + "\n";
    }
    List<String> limits = words(GateSettings.Limit.values());
    if (limits.contains(name)) {
      return "gate:\n  limit: " + name + "\n";
    }
    throw new IllegalArgumentException(
        "--weir-policies: '"
            + name
            + "' is none of "
            + String.join(", ", limits)
            + ", "
            + String.join(", ", words(GateSettings.Order.values())));
  }

  private static List<String> words(Enum<?>[] values) {
    return Arrays.stream(values)
        .map(value -> value.name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .toList();
  }
}
