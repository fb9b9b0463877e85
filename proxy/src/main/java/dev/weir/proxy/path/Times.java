package dev.weir.proxy.path;

/**
 * When a request took the steps that its transport knows of, by the clock of the data plane.
 *
 * @param arrivedNanos its head was complete
 * @param knownNanos it was known whose it is; as before if nobody asked, or nobody looked at the
 *     clock
 * @param readNanos its body was complete and it was handed over; as before if it was not, or nobody
 *     looked at the clock
 * @param answeredNanos its answer was handed to the connection
 */
public record Times(long arrivedNanos, long knownNanos, long readNanos, long answeredNanos) {

  /** Of a request of which no steps are known. */
  public static Times of(long arrivedNanos, long answeredNanos) {
    return new Times(arrivedNanos, arrivedNanos, arrivedNanos, answeredNanos);
  }

  /** From the end of the head. */
  public long tookNanos() {
    return answeredNanos - arrivedNanos;
  }
}
