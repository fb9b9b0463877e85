package dev.weir.proxy.auth;

import dev.weir.proxy.config.TokenSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Where an issuer publishes its keys. Thread-safe. */
sealed interface KeyPlace extends AutoCloseable {

  /** A hundred times as much as is usual. */
  int LARGEST_BYTES = 256 << 10;

  static KeyPlace of(TokenSettings settings) {
    URI url = settings.url();
    return url == null ? new OfFile(settings.file()) : new OfWeb(url);
  }

  /**
   * Begins to read what is there now; blocks for a file, and never for the net.
   *
   * @return fails with an {@link UnusableKeys}, after a few seconds at the latest
   */
  CompletableFuture<byte[]> read();

  @Override
  void close();

  /** A file. */
  record OfFile(Path file) implements KeyPlace {

    @Override
    public CompletableFuture<byte[]> read() {
      try (InputStream in = Files.newInputStream(file)) {
        byte[] bytes = in.readNBytes(LARGEST_BYTES + 1);
        return bytes.length > LARGEST_BYTES
            ? CompletableFuture.failedFuture(new UnusableKeys("is longer than 256KiB"))
            : CompletableFuture.completedFuture(bytes);
      } catch (IOException e) {
        return CompletableFuture.failedFuture(new UnusableKeys("cannot be read", e));
      }
    }

    @Override
    public void close() {}
  }

  /** A web server, which is asked over a connection of its own. */
  final class OfWeb implements KeyPlace {

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final long MOST_SECONDS = 5;

    private final HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final HttpRequest request;

    OfWeb(URI url) {
      request =
          HttpRequest.newBuilder(url)
              .header("Accept", "application/jwk-set+json, application/json")
              .build();
    }

    @Override
    public CompletableFuture<byte[]> read() {
      CompletableFuture<byte[]> reading = new CompletableFuture<>();
      CompletableFuture<HttpResponse<byte[]>> asked =
          client.sendAsync(
              request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_BYTES));
      var _ =
          asked
              .copy()
              .orTimeout(MOST_SECONDS, TimeUnit.SECONDS)
              .whenComplete(
                  (response, fault) -> {
                    asked.cancel(true);
                    conclude(reading, response, fault);
                  });
      return reading;
    }

    private static void conclude(
        CompletableFuture<byte[]> reading,
        @Nullable HttpResponse<byte[]> response,
        @Nullable Throwable fault) {
      if (response == null) {
        reading.completeExceptionally(
            new UnusableKeys("cannot be fetched", fault == null ? new IOException() : fault));
      } else if (response.statusCode() == 200) {
        reading.complete(response.body());
      } else {
        reading.completeExceptionally(
            new UnusableKeys("answers with status " + response.statusCode()));
      }
    }

    @Override
    public void close() {
      client.shutdownNow();
    }
  }
}
