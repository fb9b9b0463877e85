package dev.weir.proxy.path;

import dev.weir.routing.RequestKind;

/**
 * All that gate and queue may know of a call.
 *
 * @param cohort 0 to 127: which of its equals are refused first, different every hour
 * @param deadline the moment after which nobody can use the answer
 */
public record Profile(
    RequestKind kind, Identity identity, int cohort, Deadline deadline, Estimate estimate) {

  /** Number of cohorts. */
  public static final int COHORTS = 128;

  public Priority priority() {
    return identity.priority();
  }
}
