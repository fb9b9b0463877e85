package dev.weir.proxy.observe.trace;

import java.util.concurrent.atomic.LongAdder;

/**
 * What became of requests that were to be exported. Thread-safe.
 *
 * @param exported the collector has them
 * @param overRate there were too many in a second
 * @param queueFull the collector could not keep up
 * @param failed the collector was away, or would not have them
 */
public record Fates(LongAdder exported, LongAdder overRate, LongAdder queueFull, LongAdder failed) {

  /** Of none so far. */
  public Fates() {
    this(new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder());
  }
}
