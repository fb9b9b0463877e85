package dev.weir.benchmarks.riders;

/** What riders speak. */
public enum Protocol {
  /** Each rider has a connection; GraphHopper's API. */
  HTTP1("http", "HTTP/1.1"),
  /** The same in clear text over HTTP/2; riders may share connections. */
  HTTP2("http", "HTTP/2"),
  /** {@code weir.v1}; riders may share connections. */
  GRPC("grpc", "gRPC");

  private final String scheme;
  private final String title;

  Protocol(String scheme, String title) {
    this.scheme = scheme;
    this.title = title;
  }

  /** Of URLs that name a port for it. */
  String scheme() {
    return scheme;
  }

  /** For people. */
  String title() {
    return title;
  }

  /** Whether riders can share connections. */
  boolean shares() {
    return this != HTTP1;
  }
}
