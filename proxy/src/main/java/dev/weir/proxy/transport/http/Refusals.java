package dev.weir.proxy.transport.http;

import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Refusal.Reason;
import java.util.EnumMap;
import java.util.Map;

/**
 * Every refusal there can be, built once: a flood is answered by copying bytes. The time to wait is
 * rounded up to one of a few steps. Immutable.
 */
final class Refusals {

  private static final int[] STEPS_MILLIS = {
    0, 100, 250, 500, 1_000, 2_000, 3_000, 5_000, 10_000, 20_000, 30_000, 60_000
  };
  private static final int ONE_SECOND_MILLIS = 1_000;

  private final Map<Reason, Canned[]> json = new EnumMap<>(Reason.class);
  private final Map<Reason, Canned[]> gpx = new EnumMap<>(Reason.class);

  Refusals() {
    for (Reason reason : Reason.values()) {
      Canned[] asJson = new Canned[STEPS_MILLIS.length];
      Canned[] asGpx = new Canned[STEPS_MILLIS.length];
      for (int i = 0; i < STEPS_MILLIS.length; i++) {
        int millis = saidMillis(reason, STEPS_MILLIS[i]);
        asJson[i] = build(reason, millis, "application/json", Json.refusal(reason, millis));
        asGpx[i] = build(reason, millis, "application/gpx+xml", Gpx.refusal(reason, millis));
      }
      json.put(reason, asJson);
      gpx.put(reason, asGpx);
    }
  }

  Canned of(Refusal refusal, boolean asGpx) {
    Canned[] steps = (asGpx ? gpx : json).get(refusal.reason());
    if (steps == null) {
      throw new IllegalStateException("no answers for " + refusal.reason());
    }
    return steps[step(refusal.retryAfter().toMillis())];
  }

  private static int step(long millis) {
    int step = 0;
    while (step < STEPS_MILLIS.length - 1 && STEPS_MILLIS[step] < millis) {
      step++;
    }
    return step;
  }

  /** 429 and 503 always say when to come back, as clients and proxies rely on it. */
  private static int saidMillis(Reason reason, int millis) {
    return millis == 0 && status(reason) != 504 ? ONE_SECOND_MILLIS : millis;
  }

  private static Canned build(Reason reason, int millis, String contentType, String body) {
    int seconds = (millis + ONE_SECOND_MILLIS - 1) / ONE_SECOND_MILLIS;
    String header = millis == 0 ? "" : "Retry-After: " + seconds + "\r\n";
    return Canned.of(status(reason), header, contentType, body);
  }

  static int status(Reason reason) {
    return switch (reason) {
      case OVER_SHARE -> 429;
      case QUEUE_FULL,
          DEADLINE_UNREACHABLE,
          EXPIRED_IN_QUEUE,
          OVER_CAPACITY,
          OVER_BUDGET,
          ENGINE_UNWELL,
          SLOW_READERS,
          DRAINING ->
          503;
      case TOO_LATE -> 504;
    };
  }
}
