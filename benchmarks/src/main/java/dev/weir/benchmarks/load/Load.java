package dev.weir.benchmarks.load;

/** Whoever sent a request learns here what became of it, once, on the event loop. */
public interface Load {

  /**
   * @param connection free again if the server keeps it
   * @param status of HTTP, 0 if the connection ended without a complete answer
   * @param routed whether the body holds a route
   */
  void answered(Connection connection, int status, boolean routed);
}
