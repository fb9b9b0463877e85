package dev.weir.proxy.path;

import org.jspecify.annotations.Nullable;

/**
 * Whether the engine is worth asking at all; lets the path refuse before the queue. Thread-safe.
 */
@FunctionalInterface
public interface EngineHealth {

  /** The refusal to give while the engine is unwell, or {@code null} while it is not. */
  @Nullable Refusal refusal();
}
