package dev.weir.proxy.path;

/** What a token was found to be worth. Made and understood by step 3. Immutable. */
public sealed interface Proof {

  /**
   * A token that was verified.
   *
   * @param claim what it says of whose it is
   * @param highest priority that it allows
   * @param untilMillis since 1970, when it ceases to be worth anything
   */
  record Verified(String claim, Priority highest, long untilMillis) implements Proof {}

  /** A token that proves nothing. */
  record Refused(Refusal refusal) implements Proof {}
}
