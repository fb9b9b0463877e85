package dev.weir.benchmarks.sim;

import dev.weir.proxy.path.Ticker;

/**
 * The machine as a contestant may use it. Its {@link #nanos} is virtual time, so production gates
 * and queues take it for their clock. May be called from within any method of {@link Contestant}.
 */
public interface House extends Ticker {

  int processors();

  /** Jobs on the machine. */
  int running();

  /** Puts a waiting job on the machine. All running jobs share the processors. */
  void start(Job job);

  /**
   * Takes a running job off the machine; what was done of it is wasted. The contestant is not told
   * of it: it knows.
   */
  void stop(Job job);

  /** Ends a waiting job without computing it: refused at the door, or shed from the queue. */
  void refuse(Job job);
}
