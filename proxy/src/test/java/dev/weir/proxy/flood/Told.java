package dev.weir.proxy.flood;

import dev.weir.proxy.path.Refusal.Reason;
import java.util.List;

/** What a caller of the contract is told, in whatever words. */
sealed interface Told {

  /** Without what differs from time to time; equal for the same question in the same words. */
  List<?> content();

  /** All of the answer. */
  record Answer(List<?> content) implements Told {}

  /**
   * A refusal that its transport told as it should.
   *
   * @param content what came before it
   */
  record Refused(Reason reason, List<?> content) implements Told {}
}
