package dev.weir.proxy.path;

import dev.weir.routing.RequestKind;

/** What calls cost, learned from calls that were computed. Thread-safe; costs nanoseconds. */
public interface CostModel {

  /** Expected time on one processor. */
  long estimateNanos(RequestKind kind);

  /** A call was computed to its end in so much time. */
  void learn(RequestKind kind, long busyNanos);
}
