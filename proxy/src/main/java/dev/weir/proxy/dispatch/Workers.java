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
   * Sees to it that so many virtual threads can compute at the same time. Has an effect only before
   * the JVM's first virtual thread; a setting given on the command line stands.
   *
   * @return the carriers that there are going to be: never more than asked for
   */
  public static int carriers(int wanted) {
    if (System.getProperty(PARALLELISM) == null) {
      System.setProperty(PARALLELISM, Integer.toString(wanted));
      System.setProperty(MOST, Integer.toString(wanted));
    }
    return Math.min(wanted, Integer.getInteger(PARALLELISM, wanted));
  }

  public static ThreadFactory virtual() {
    return Thread.ofVirtual().name("weir-worker-", 0).factory();
  }
}
