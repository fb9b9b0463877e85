package dev.weir.proxy.observe;

import java.util.concurrent.atomic.LongAdder;

/** Lines that were not written. Of the whole process, as logging is. Thread-safe. */
final class LogLosses {

  /** The writer could not keep up. */
  static final LongAdder QUEUE_FULL = new LongAdder();

  /** Too many of one kind in a second. */
  static final LongAdder FLOOD = new LongAdder();

  private LogLosses() {}

  static void register(Meters meters) {
    meters.counter(Metric.LOG_LINES_LOST, QUEUE_FULL, "queue_full");
    meters.counter(Metric.LOG_LINES_LOST, FLOOD, "flood");
  }
}
