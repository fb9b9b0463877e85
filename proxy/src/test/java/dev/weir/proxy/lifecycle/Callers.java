package dev.weir.proxy.lifecycle;

import dev.weir.proxy.TestSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;

/** Callers of one server, each with a connection of its own. Thread-safe. */
public final class Callers implements AutoCloseable {

  private static final String FROM = "[7.4246,43.7384]";
  private static final String TO = "[7.4197,43.7311]";
  private static final int PATIENCE_MILLIS = 30_000;

  private final int port;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  Callers(int port) {
    this.port = port;
  }

  public static HttpResponse<String> get(int port, String target)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(uri(port, target)).build();
      return client.send(request, BodyHandlers.ofString());
    }
  }

  private static URI uri(int port, String target) {
    return URI.create("http://127.0.0.1:" + port + target);
  }

  CompletableFuture<HttpResponse<String>> route() {
    return post("{\"profile\":\"car\",\"points\":[" + FROM + "," + TO + "]}");
  }

  /** Back and forth until the engine has had thousands of searches to do. */
  CompletableFuture<HttpResponse<String>> endlessRoute() {
    String there = FROM + "," + TO + ",";
    String points = there.repeat(TestSettings.MOST_POINTS / 2 - 1) + FROM + "," + TO;
    return post(
        "{\"profile\":\"car\",\"ch.disable\":true,\"lm.disable\":true,\"algorithm\":\"dijkstra\","
            + "\"points\":["
            + points
            + "]}");
  }

  private CompletableFuture<HttpResponse<String>> post(String document) {
    HttpRequest request =
        HttpRequest.newBuilder(uri(port, "/route"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(document))
            .build();
    return client.sendAsync(request, BodyHandlers.ofString());
  }

  /** A connection on which nothing is asked yet. */
  Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  /** Whether the port takes connections. */
  boolean accepted() {
    try (Socket socket = connect()) {
      return socket.isConnected();
    } catch (IOException refused) {
      return false;
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
