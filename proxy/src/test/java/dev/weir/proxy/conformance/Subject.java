package dev.weir.proxy.conformance;

/** A server that answers requests on the loopback address. */
interface Subject extends AutoCloseable {

  int port();

  @Override
  void close();
}
