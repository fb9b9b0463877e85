package dev.weir.benchmarks.load;

/**
 * What an answer says beside its status.
 *
 * @param retryAfterMillis when to come back, -1 if it does not say
 * @param reason why it was refused, by Weir's name of it; empty if it does not say
 * @param degraded what the answer does without; empty if it is as asked for
 */
public record Remarks(long retryAfterMillis, String reason, String degraded) {
  /** Of an answer that says nothing, or did not come. */
  public static final Remarks NONE = new Remarks(-1, "", "");
}
