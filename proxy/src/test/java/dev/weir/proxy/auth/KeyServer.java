package dev.weir.proxy.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A web server that publishes keys. */
public final class KeyServer implements AutoCloseable {

  private final HttpServer server;
  private final AtomicInteger asked = new AtomicInteger();
  private volatile int status = 200;
  private volatile String body;
  private volatile CountDownLatch open = new CountDownLatch(0);

  public KeyServer(String body) throws IOException {
    this.body = body;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/keys", this::answer);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.incrementAndGet();
    try (exchange) {
      open.await();
      byte[] bytes = body.getBytes(UTF_8);
      exchange.getResponseHeaders().add("Location", "/keys/elsewhere");
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/keys";
  }

  public void publish(String next) {
    body = next;
  }

  void fail(int with) {
    status = with;
  }

  /** From now on keeps those who ask waiting, until the latch is open. */
  CountDownLatch hold() {
    CountDownLatch latch = new CountDownLatch(1);
    open = latch;
    return latch;
  }

  public int asked() {
    return asked.get();
  }

  @Override
  public void close() {
    open.countDown();
    server.stop(0);
  }
}
