package dev.weir.proxy.path;

import java.util.function.BooleanSupplier;

/**
 * What was found when step 3 looked at a token, or at a key. Only step 3 understands it. Immutable.
 */
public sealed interface Proof {

  /**
   * A token that was verified.
   *
   * @param claim what it says of whose it is
   * @param highest priority that it allows
   * @param untilMillis since 1970, when it ceases to be worth anything
   * @param stands whether the key that it was signed by has not been taken back; cheap
   */
  record Verified(String claim, Priority highest, long untilMillis, BooleanSupplier stands)
      implements Proof {}

  /** A token that proves nothing, or a key too many that does not. */
  record Refused(Refusal refusal) implements Proof {}
}
