package dev.weir.proxy.dispatch;

import java.util.concurrent.ThreadFactory;

/**
 * Virtual threads for CPU-bound work. They are not time-sliced: a computing one keeps its carrier,
 * so there must be a carrier for each task that may run, and nothing else may run on them.
 */
public final class Workers {

  private static final String PARALLELISM = "jdk.virtualThreadScheduler.parallelism";
  private static final String MOST = "jdk.virtualThreadScheduler.maxPoolSize";

  private Workers() {}

  /**
   * Sees to it that there are twice as many carriers as permits: critical and small calls may run
   * beside what holds the permits. Has an effect only before the JVM's first virtual thread; a
   * setting given on the command line stands.
   *
   * @return the permits that the carriers allow: never more than asked for
   */
  public static int carriersFor(int permits) {
    if (System.getProperty(PARALLELISM) == null) {
      System.setProperty(PARALLELISM, Integer.toString(2 * permits));
      System.setProperty(MOST, Integer.toString(2 * permits));
    }
    return Math.clamp(Integer.getInteger(PARALLELISM, 2 * permits) / 2, 1, permits);
  }

  public static ThreadFactory virtual() {
    return Thread.ofVirtual().name("weir-worker-", 0).factory();
  }
}
