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
   * Sees to it that there are as many carriers as permits. Has an effect only before the JVM's
   * first virtual thread; a setting given on the command line stands.
   *
   * @return the permits that the carriers allow: never more than asked for
   */
  public static int carriersFor(int permits) {
    if (System.getProperty(PARALLELISM) == null) {
      System.setProperty(PARALLELISM, Integer.toString(permits));
      System.setProperty(MOST, Integer.toString(permits));
    }
    return Math.min(permits, Integer.getInteger(PARALLELISM, permits));
  }

  public static ThreadFactory virtual() {
    return Thread.ofVirtual().name("weir-worker-", 0).factory();
  }
}
