package dev.weir.proxy.observe;

import dev.weir.proxy.path.Profile;
import dev.weir.proxy.path.Refusal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A line per sampled decision, for those who turn it on. It has no id of a request: the gate knows
 * none, and to carry one there would cost every call something for one line in a thousand.
 * Thread-safe.
 */
final class DecisionLog {

  static final String NAME = "dev.weir.decision";

  private static final Logger LOG = LoggerFactory.getLogger(NAME);
  private static final int NANOS_PER_MICRO = 1_000;

  private DecisionLog() {}

  static void write(Profile profile, Refusal.@Nullable Reason reason, long waitNanos, double part) {
    if (!LOG.isInfoEnabled()) {
      return;
    }
    LOG.atInfo()
        .addKeyValue("tenant", AccessLog.tame(profile.identity().tenant()))
        .addKeyValue("kind", Meters.label(profile.kind()))
        .addKeyValue("priority", Meters.label(profile.priority()))
        .addKeyValue("cohort", profile.cohort())
        .addKeyValue("estimate_us", profile.estimate().meanNanos() / NANOS_PER_MICRO)
        .addKeyValue("high_us", profile.estimate().highNanos() / NANOS_PER_MICRO)
        .addKeyValue("wait_us", waitNanos / NANOS_PER_MICRO)
        .addKeyValue("part", part)
        .addKeyValue("decision", reason == null ? "admitted" : reason.code())
        .log("decided");
  }
}
