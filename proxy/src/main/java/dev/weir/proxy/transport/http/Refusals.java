package dev.weir.proxy.transport.http;

import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Refusal.Reason;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * Every refusal there can be, built once: a flood is answered by copying bytes. The time to wait is
 * rounded up to one of some steps, or to one of the next: who is refused together does not come
 * back together. Immutable.
 */
final class Refusals {

  private static final int[] STEPS_MILLIS = {
    0, 100, 150, 250, 400, 600, 1_000, 1_500, 2_000, 2_500, 3_000, 4_000, 5_000, 6_000, 8_000,
    10_000, 13_000, 16_000, 20_000, 25_000, 30_000, 40_000, 60_000
  };
  private static final int ONE_SECOND_MILLIS = 1_000;

  /** Callers are spread over so many steps: up to twice the time that is meant. */
  private static final int SPREAD_STEPS = 3;

  private final Map<Reason, Canned[]> json = new EnumMap<>(Reason.class);
  private final Map<Reason, Canned[]> gpx = new EnumMap<>(Reason.class);

  private final IntUnaryOperator spread;

  /**
   * @param spread a number from 0 to below its argument, another one each time; thread-safe
   */
  Refusals(IntUnaryOperator spread) {
    this.spread = spread;
    for (Reason reason : Reason.values()) {
      Canned[] asJson = new Canned[STEPS_MILLIS.length];
      Canned[] asGpx = new Canned[STEPS_MILLIS.length];
      for (int i = 0; i < STEPS_MILLIS.length; i++) {
        int millis = asksBack(reason) ? STEPS_MILLIS[i] : 0;
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
    if (!asksBack(refusal.reason())) {
      return steps[0];
    }
    // 429 and 503 always say when to come back, as clients and proxies rely on it.
    long millis = refusal.retryAfter().toMillis();
    int step = step(millis == 0 ? ONE_SECOND_MILLIS : millis);
    return steps[Math.min(step + spread.applyAsInt(SPREAD_STEPS), steps.length - 1)];
  }

  private static int step(long millis) {
    int step = 0;
    while (step < STEPS_MILLIS.length - 1 && STEPS_MILLIS[step] < millis) {
      step++;
    }
    return step;
  }

  /** Whether it is worth asking the same again later. */
  private static boolean asksBack(Reason reason) {
    int status = status(reason);
    return status == 429 || status == 503;
  }

  private static Canned build(Reason reason, int millis, String contentType, String body) {
    int seconds = (millis + ONE_SECOND_MILLIS - 1) / ONE_SECOND_MILLIS;
    String wait = millis == 0 ? "" : "Retry-After: " + seconds + "\r\n";
    String challenge = status(reason) == 401 ? "WWW-Authenticate: Bearer\r\n" : "";
    return Canned.of(status(reason), wait + challenge, contentType, body);
  }

  static int status(Reason reason) {
    return switch (reason) {
      case KEY_REQUIRED -> 401;
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
