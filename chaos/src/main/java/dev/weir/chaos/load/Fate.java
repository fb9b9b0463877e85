package dev.weir.chaos.load;

/** What became of one request. Every request that was due gets exactly one. */
public enum Fate {
  /** 200 in time, and the answer is that of calm times. */
  GOOD,
  /** The same, but too late to be of use. */
  LATE,
  /** 200 with another answer than in calm times. Must never be. */
  WRONG,
  /** 200 at the top, and then the connection ended within the answer. */
  TRUNCATED,
  /** 429, 503 or 504: the server said that it will not do it. */
  REFUSED,
  /** Any other status. */
  FAILED,
  /** The connection ended, or could not be made, without an answer. */
  CUT,
  /** Nothing until the caller gave up. */
  UNANSWERED,
  /** Not sent, because every connection was still waiting for an answer. */
  UNSENT;

  private static final int OK = 200;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int UNAVAILABLE = 503;
  private static final int GATEWAY_TIMEOUT = 504;

  static Fate of(int status, boolean right, boolean inTime) {
    return switch (status) {
      case OK -> !right ? WRONG : inTime ? GOOD : LATE;
      case TOO_MANY_REQUESTS, UNAVAILABLE, GATEWAY_TIMEOUT -> REFUSED;
      default -> FAILED;
    };
  }
}
