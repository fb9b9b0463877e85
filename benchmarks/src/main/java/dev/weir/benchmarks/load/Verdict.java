package dev.weir.benchmarks.load;

/** What became of one request that was due. Every due request gets exactly one. */
public enum Verdict {
  /**
   * 200 with what was asked for, within the objective. The only one that a rider would call an
   * answer.
   */
  GOOD,
  /** 200 with what was asked for, but after the objective. */
  LATE,
  /** 429, 503 or 504: the server said that it will not do it. */
  REFUSED,
  /**
   * Any other status, a 200 without what was asked for, bytes that are not HTTP, a connection cut.
   */
  ERROR,
  /** Nothing until the end of the stage and its grace time. */
  UNANSWERED,
  /** The caller hung up when its deadline was over. */
  LEFT,
  /** Not sent, because every connection was still waiting for an answer. */
  NO_CONNECTION;

  private static final int OK = 200;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int UNAVAILABLE = 503;
  private static final int GATEWAY_TIMEOUT = 504;

  /**
   * @param status of HTTP, 0 if the connection ended without an answer
   * @param routed whether the body is complete and holds what was asked for
   * @param latencyNanos since the request was due
   */
  public static Verdict of(int status, boolean routed, long latencyNanos, long objectiveNanos) {
    return switch (status) {
      case TOO_MANY_REQUESTS, UNAVAILABLE, GATEWAY_TIMEOUT -> REFUSED;
      case OK -> !routed ? ERROR : latencyNanos <= objectiveNanos ? GOOD : LATE;
      default -> ERROR;
    };
  }
}
