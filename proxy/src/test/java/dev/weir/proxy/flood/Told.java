package dev.weir.proxy.flood;

import dev.weir.proxy.path.Refusal.Reason;

/** What a caller of the contract is told, in whatever words. */
sealed interface Told {

  /**
   * The answer, without what differs from time to time.
   *
   * @param content equal to that of the same question on the same transport
   */
  record Answer(Object content) implements Told {}

  /** A refusal that its transport told as it should: what they have in common. */
  record Refused(Reason reason) implements Told {}
}
