package dev.weir.chaos.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * The admin port of a server, on loopback. Thread-safe; every call blocks for some seconds at most.
 */
public final class Admin {

  private static final int PATIENCE_MILLIS = 5_000;

  private final int port;

  Admin(int port) {
    this.port = port;
  }

  public MetricsPage metrics() throws IOException {
    return MetricsPage.parse(ask("GET", "/metrics"));
  }

  /**
   * Begins a fault.
   *
   * @param wishes as in a query: {@code factor=10&for=5}
   * @throws IOException with what the server says against it
   */
  public void fault(String name, String wishes) throws IOException {
    ask("POST", "/chaos/" + name + "?" + wishes);
  }

  /** Ends it. */
  public void heal(String name) throws IOException {
    ask("DELETE", "/chaos/" + name);
  }

  /** Whether a health page answers 200. */
  public boolean healthy(String which) {
    try {
      ask("GET", "/health/" + which);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private String ask(String method, String target) throws IOException {
    HttpURLConnection http =
        (HttpURLConnection)
            URI.create("http://127.0.0.1:" + port + target).toURL().openConnection();
    http.setRequestMethod(method);
    http.setConnectTimeout(PATIENCE_MILLIS);
    http.setReadTimeout(PATIENCE_MILLIS);
    int status = http.getResponseCode();
    try (InputStream body = status < 400 ? http.getInputStream() : http.getErrorStream()) {
      String text =
          body == null ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8).strip();
      if (status != 200) {
        throw new IOException(method + " " + target + " answered " + status + ": " + text);
      }
      return text;
    }
  }
}
