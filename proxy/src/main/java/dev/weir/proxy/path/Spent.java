package dev.weir.proxy.path;

/**
 * Where the time of an admitted request went.
 *
 * @param queueNanos from admission to worker, or to its end if it reached none
 * @param engineNanos on a worker
 */
public record Spent(long queueNanos, long engineNanos) {

  /** Of a request that is computed in parts. */
  public Spent plus(Spent more) {
    return new Spent(queueNanos + more.queueNanos, engineNanos + more.engineNanos);
  }
}
