package dev.weir.proxy.path;

/**
 * The moment after which nobody can use the answer.
 *
 * @param atNanos on the {@link Ticker}'s scale; compared by subtraction, so it may wrap around
 */
public record Deadline(long atNanos) {

  public static Deadline after(long nowNanos, long timeoutNanos) {
    return new Deadline(nowNanos + timeoutNanos);
  }

  public long remainingNanos(long nowNanos) {
    return atNanos - nowNanos;
  }

  public boolean passed(long nowNanos) {
    return remainingNanos(nowNanos) <= 0;
  }

  /** The sooner of the two. */
  public Deadline sooner(Deadline other) {
    return other.atNanos - atNanos < 0 ? other : this;
  }
}
