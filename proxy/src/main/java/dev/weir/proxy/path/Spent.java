package dev.weir.proxy.path;

/**
 * Where the time of an admitted request went.
 *
 * @param queueNanos from admission to worker, or to its end if it reached none
 * @param engineNanos on a worker
 * @param estimateNanos what that was expected to take, 0 if nothing was
 */
public record Spent(long queueNanos, long engineNanos, long estimateNanos) {

  /** Without an estimate. */
  public Spent(long queueNanos, long engineNanos) {
    this(queueNanos, engineNanos, 0);
  }

  /** Of a request that is computed in parts. */
  public Spent plus(Spent more) {
    return new Spent(
        queueNanos + more.queueNanos,
        engineNanos + more.engineNanos,
        estimateNanos + more.estimateNanos);
  }
}
