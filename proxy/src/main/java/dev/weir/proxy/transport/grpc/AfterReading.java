package dev.weir.proxy.transport.grpc;

import io.grpc.netty.shaded.io.netty.util.concurrent.EventExecutor;

/**
 * Puts things off until the thread of a connection has read what has arrived. So a call that is
 * reset in the same breath never reaches a worker. Thread-safe.
 *
 * @param threads of all connections
 */
record AfterReading(Iterable<EventExecutor> threads) {

  /** Runs it later on the thread of a connection; at once on any other. */
  void run(Runnable deed) {
    for (EventExecutor thread : threads) {
      if (thread.inEventLoop()) {
        thread.execute(deed);
        return;
      }
    }
    deed.run();
  }
}
