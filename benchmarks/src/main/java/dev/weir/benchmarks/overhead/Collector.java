package dev.weir.benchmarks.overhead;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicLong;

/** Takes traces by OTLP and throws them away. Thread-safe. */
final class Collector implements AutoCloseable {

  private final HttpServer server;
  private final AtomicLong bytes = new AtomicLong();

  Collector() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::take);
    server.start();
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange;
        InputStream traces = exchange.getRequestBody()) {
      bytes.addAndGet(traces.transferTo(OutputStream.nullOutputStream()));
      exchange.sendResponseHeaders(200, -1);
    }
  }

  /** Lines of the configuration of a server that exports here what its callers want exported. */
  String settings() {
    return """
    tracing:
      endpoint: "http://127.0.0.1:%d"
      sample: 0
      slow: 0s
    """
        .formatted(server.getAddress().getPort());
  }

  /** Received so far. */
  long bytes() {
    return bytes.get();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
