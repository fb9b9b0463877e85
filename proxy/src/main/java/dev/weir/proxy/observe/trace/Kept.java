package dev.weir.proxy.observe.trace;

import dev.weir.proxy.path.Answered;
import dev.weir.proxy.path.Identity;
import org.jspecify.annotations.Nullable;

/**
 * A request that is to be exported.
 *
 * @param asker whose it was, as far as that came out
 * @param why it is
 * @param answeredEpochNanos when it was answered, since 1970
 */
record Kept(Answered answer, @Nullable Identity asker, Why why, long answeredEpochNanos) {

  /** Reasons to export a request. */
  enum Why {
    /** Its caller, or the dice, said so before anything else was known of it. */
    SAMPLED,
    /** It took as long as {@code tracing.slow}. */
    SLOW,
    /** It was refused, and mattered most. */
    REFUSED_CRITICAL
  }
}
