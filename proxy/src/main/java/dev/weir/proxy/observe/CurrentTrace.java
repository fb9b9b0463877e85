package dev.weir.proxy.observe;

import dev.weir.proxy.path.Trace;
import io.prometheus.metrics.tracer.common.SpanContext;
import org.jspecify.annotations.Nullable;

/**
 * The trace that is being counted on this thread, if it is exported: histograms remember it as an
 * example of a bucket. Thread-safe.
 */
final class CurrentTrace implements SpanContext {

  // The histogram asks a few times in a second, and mostly in vain: for a call that is not exported
  // nothing is set.
  private static final ThreadLocal<@Nullable Trace> CURRENT = new ThreadLocal<>();

  /** Counts under a trace that is exported. */
  void during(Trace trace, Runnable counting) {
    CURRENT.set(trace);
    try {
      counting.run();
    } finally {
      CURRENT.remove();
    }
  }

  @Override
  public @Nullable String getCurrentTraceId() {
    Trace trace = CURRENT.get();
    return trace == null ? null : trace.traceId();
  }

  @Override
  public @Nullable String getCurrentSpanId() {
    Trace trace = CURRENT.get();
    return trace == null ? null : trace.spanId();
  }

  @Override
  public boolean isCurrentSpanSampled() {
    return CURRENT.get() != null;
  }

  @Override
  public void markCurrentSpanAsExemplar() {
    // it is exported anyway
  }
}
