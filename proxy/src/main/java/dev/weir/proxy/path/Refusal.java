package dev.weir.proxy.path;

import java.time.Duration;

/**
 * Why a call is not served, and when it is worth trying again.
 *
 * @param retryAfter zero if trying again as it is makes no sense
 */
public record Refusal(Reason reason, Duration retryAfter) {

  /** Reasons for a refusal. A transport maps each to a status of its own. */
  public enum Reason {
    /** Only callers with a known key are served, and this one brought none. */
    KEY_REQUIRED("key_required", "This server answers callers with a key that it knows."),
    /** A token was brought that proves nothing: expired, not for this server, or forged. */
    TOKEN_INVALID(
        "token_invalid", "The token has expired, is not for this server, or cannot be verified."),
    /** Too many unknown keys and bad tokens came from this address lately. */
    TOO_MANY_FAILURES(
        "too_many_failures", "Too many keys and tokens from this address proved to be wrong."),
    /** There are more new tokens than can be verified, or the keys of their issuer are missing. */
    TOKENS_UNVERIFIABLE("tokens_unverifiable", "Tokens cannot be verified at the moment."),
    /** The queue is full. */
    QUEUE_FULL("queue_full", "The server is at capacity."),
    /** More is asked for than there is, and this call is not among those that there is room for. */
    OVER_CAPACITY("over_capacity", "The server is at capacity and serves other requests first."),
    /** There is room, but the answer would come after the caller's deadline. */
    DEADLINE_UNREACHABLE(
        "deadline_unreachable", "The server is too busy to answer within the deadline."),
    /** The deadline passed while the call was waiting; the engine never saw it. */
    EXPIRED_IN_QUEUE("expired_in_queue", "The deadline passed while waiting for a worker."),
    /** The deadline passed while the engine was searching. */
    TOO_LATE("too_late", "The deadline passed before the search was finished."),
    /** More is asked for than there is, and this tenant asks for more than its share. */
    OVER_SHARE("over_share", "You ask for more than your share while the server is at capacity."),
    /** The tenant has used up what it may ask for, whatever room there is. */
    QUOTA_EXHAUSTED("quota_exhausted", "Your quota is used up for now."),
    /** The search took far more than estimated while others waited. */
    OVER_BUDGET("over_budget", "The search took far more than expected while others waited."),
    /** The circuit breaker is open: the engine fails or is far too slow. */
    ENGINE_UNWELL("engine_unwell", "The routing engine is recovering from a fault."),
    /** More computed answers wait for slow readers than memory allows. */
    SLOW_READERS("slow_readers", "Too many answers are waiting to be read."),
    /** The server is shutting down. */
    DRAINING("draining", "The server is shutting down.");

    private final String code;
    private final String sentence;

    Reason(String code, String sentence) {
      this.code = code;
      this.sentence = sentence;
    }

    /** Its name in answers, metrics and logs. */
    public String code() {
      return code;
    }

    /** What the caller is told. */
    public String sentence() {
      return sentence;
    }
  }
}
