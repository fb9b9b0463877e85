package dev.weir.proxy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/**
 * A short life for the JVM to learn from: the launcher starts the server once so that the JVM
 * writes its ahead-of-time cache when the server ends.
 */
final class Training {

  /** Enough for the front end's code to be compiled once. */
  private static final int REQUESTS = 2_000;

  private Training() {}

  static boolean wanted() {
    return Boolean.getBoolean("weir.train");
  }

  /** Asks the server for a route again and again. */
  static void run(String url) throws InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (int asked = 0; asked < REQUESTS; asked++) {
        client.send(request, HttpResponse.BodyHandlers.discarding());
      }
    } catch (IOException e) {
      Complaint.print("training ended early: " + Complaint.of(e));
    }
  }
}
