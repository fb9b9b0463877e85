package dev.weir.proxy.transport.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.proxy.transport.LongWaits;
import dev.weir.proxy.transport.RetrySteps;
import dev.weir.proxy.transport.contract.Fault;
import dev.weir.proxy.transport.contract.Statuses;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * Every refusal there can be, built once, or once a second if its time is long: a flood is answered
 * by copying bytes. Thread-safe.
 */
final class Refusals {

  private static final int ONE_SECOND_MILLIS = 1_000;

  private final Map<Shape, Map<Reason, Canned[]>> byShape = new EnumMap<>(Shape.class);
  private final Map<Shape, LongWaits<Canned>> untilTomorrow = new EnumMap<>(Shape.class);
  private final RetrySteps steps;

  /**
   * @param spread a number from 0 to below its argument, another one each time; thread-safe
   */
  Refusals(IntUnaryOperator spread) {
    this.steps = new RetrySteps(spread);
    for (Shape shape : Shape.values()) {
      Map<Reason, Canned[]> answers = new EnumMap<>(Reason.class);
      for (Reason reason : Reason.values()) {
        answers.put(reason, steps(reason, shape));
      }
      byShape.put(shape, answers);
      untilTomorrow.put(
          shape, new LongWaits<>(millis -> answer(Reason.QUOTA_EXHAUSTED, millis, shape), spread));
    }
  }

  private static Canned[] steps(Reason reason, Shape shape) {
    Canned[] answers = new Canned[Fault.of(reason).asksBack() ? RetrySteps.count() : 1];
    for (int step = 0; step < answers.length; step++) {
      answers[step] = answer(reason, RetrySteps.millis(step), shape);
    }
    return answers;
  }

  private static Canned answer(Reason reason, int millis, Shape shape) {
    byte[] told =
        switch (shape) {
          case GRAPHHOPPER -> Json.refusal(reason, millis).getBytes(UTF_8);
          case GPX -> Gpx.refusal(reason, millis).getBytes(UTF_8);
          case CONTRACT, CONNECT, CONNECT_STREAM_JSON, CONNECT_STREAM_PROTO ->
              shape.write(Statuses.refused(reason, millis));
        };
    return build(reason, millis, shape, told);
  }

  Canned of(Refusal refusal, Shape shape) {
    LongWaits<Canned> later = LongWaits.isLong(refusal) ? untilTomorrow.get(shape) : null;
    if (later != null) {
      return later.next(refusal.retryAfter());
    }
    Map<Reason, Canned[]> reasons = byShape.get(shape);
    Canned[] answers = reasons == null ? null : reasons.get(refusal.reason());
    if (answers == null) {
      throw new IllegalStateException("no answers for " + refusal.reason());
    }
    // 429 and 503 always say when to come back, as clients and proxies rely on it.
    return answers[answers.length == 1 ? 0 : steps.next(refusal.retryAfter())];
  }

  private static Canned build(Reason reason, int millis, Shape shape, byte[] body) {
    int seconds = (millis + ONE_SECOND_MILLIS - 1) / ONE_SECOND_MILLIS;
    String wait = millis == 0 ? "" : "Retry-After: " + seconds + "\r\n";
    return Canned.refusal(
        reason,
        shape.sentStatus(status(reason)),
        wait + challenge(reason),
        shape.mediaType(),
        body);
  }

  /** How to prove who one is (RFC 6750, 3). */
  private static String challenge(Reason reason) {
    if (status(reason) != 401) {
      return "";
    }
    String error = reason == Reason.TOKEN_INVALID ? " error=\"invalid_token\"" : "";
    return "WWW-Authenticate: Bearer" + error + "\r\n";
  }

  static int status(Reason reason) {
    return Fault.of(reason).httpStatus();
  }
}
