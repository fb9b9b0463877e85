package dev.weir.proxy;

/** Runs things at the same time, each on a thread of its own, and waits for the end of all. */
public final class Together {

  private Together() {}

  public static void run(Runnable... things) {
    Thread[] threads = new Thread[things.length];
    for (int i = 0; i < threads.length; i++) {
      threads[i] = new Thread(things[i]);
    }
    for (Thread thread : threads) {
      thread.start();
    }
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
