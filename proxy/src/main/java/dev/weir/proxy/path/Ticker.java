package dev.weir.proxy.path;

/** The clock of the data plane. Thread-safe. */
@FunctionalInterface
public interface Ticker {

  /** Nanoseconds from an arbitrary origin, as {@link System#nanoTime()}: compare by subtraction. */
  long nanos();
}
