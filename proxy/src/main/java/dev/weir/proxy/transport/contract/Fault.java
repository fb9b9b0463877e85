package dev.weir.proxy.transport.contract;

import com.google.rpc.Code;
import dev.weir.proxy.path.Refusal;
import dev.weir.v1.ErrorReason;

/** Everything that can be wrong with a call: the one table of reasons, codes and statuses. */
public enum Fault {
  INVALID_FIELD(Code.INVALID_ARGUMENT, 400),
  MALFORMED(Code.INVALID_ARGUMENT, 400),
  INVALID_PAGE_TOKEN(Code.INVALID_ARGUMENT, 400),
  NOT_SUPPORTED(Code.INVALID_ARGUMENT, 400),
  OUT_OF_BOUNDS(Code.INVALID_ARGUMENT, 400),
  NO_ROUTE(Code.NOT_FOUND, 404),
  KEY_REQUIRED(Code.UNAUTHENTICATED, 401),
  TOKEN_INVALID(Code.UNAUTHENTICATED, 401),
  TOO_MANY_FAILURES(Code.RESOURCE_EXHAUSTED, 429),
  TOKENS_UNVERIFIABLE(Code.UNAVAILABLE, 503),
  OVER_SHARE(Code.RESOURCE_EXHAUSTED, 429),
  QUOTA_EXHAUSTED(Code.RESOURCE_EXHAUSTED, 429),
  QUEUE_FULL(Code.UNAVAILABLE, 503),
  OVER_CAPACITY(Code.UNAVAILABLE, 503),
  DEADLINE_UNREACHABLE(Code.UNAVAILABLE, 503),
  EXPIRED_IN_QUEUE(Code.DEADLINE_EXCEEDED, 504),
  TOO_LATE(Code.DEADLINE_EXCEEDED, 504),
  OVER_BUDGET(Code.UNAVAILABLE, 503),
  ENGINE_UNWELL(Code.UNAVAILABLE, 503),
  SLOW_READERS(Code.UNAVAILABLE, 503),
  DRAINING(Code.UNAVAILABLE, 503),
  INTERNAL(Code.INTERNAL, 500);

  private static final String PREFIX = "ERROR_REASON_";

  private final Code code;
  private final int httpStatus;
  private final ErrorReason reason;

  Fault(Code code, int httpStatus) {
    this.code = code;
    this.httpStatus = httpStatus;
    this.reason = ErrorReason.valueOf(PREFIX + name());
  }

  /** The fault that a refusal is. */
  public static Fault of(Refusal.Reason reason) {
    return switch (reason) {
      case KEY_REQUIRED -> KEY_REQUIRED;
      case TOKEN_INVALID -> TOKEN_INVALID;
      case TOO_MANY_FAILURES -> TOO_MANY_FAILURES;
      case TOKENS_UNVERIFIABLE -> TOKENS_UNVERIFIABLE;
      case QUEUE_FULL -> QUEUE_FULL;
      case OVER_CAPACITY -> OVER_CAPACITY;
      case DEADLINE_UNREACHABLE -> DEADLINE_UNREACHABLE;
      case EXPIRED_IN_QUEUE -> EXPIRED_IN_QUEUE;
      case TOO_LATE -> TOO_LATE;
      case OVER_SHARE -> OVER_SHARE;
      case QUOTA_EXHAUSTED -> QUOTA_EXHAUSTED;
      case OVER_BUDGET -> OVER_BUDGET;
      case ENGINE_UNWELL -> ENGINE_UNWELL;
      case SLOW_READERS -> SLOW_READERS;
      case DRAINING -> DRAINING;
    };
  }

  public Code code() {
    return code;
  }

  public int httpStatus() {
    return httpStatus;
  }

  ErrorReason reason() {
    return reason;
  }

  /** Whether it is worth asking the same again later; callers are told when. */
  public boolean asksBack() {
    return code == Code.UNAVAILABLE || code == Code.RESOURCE_EXHAUSTED;
  }
}
