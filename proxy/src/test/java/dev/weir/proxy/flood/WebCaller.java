package dev.weir.proxy.flood;

import com.google.protobuf.ByteString;
import dev.weir.proxy.transport.FrameClient;
import io.netty.handler.codec.http2.Http2Exception;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Asks by HTTP/1.1 on kept connections, and by HTTP/2 on a new one each time. Thread-safe. */
final class WebCaller implements AutoCloseable {

  private final int port;
  private final Duration patience;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  WebCaller(int port, Duration patience) {
    this.port = port;
    this.patience = patience;
  }

  /**
   * @param headers by lower-case name; of repeated ones the first
   */
  record Reply(int status, Map<String, String> headers, ByteString body) {

    String header(String lowerCaseName) {
      return headers.getOrDefault(lowerCaseName, "");
    }

    String text() {
      return body.toStringUtf8();
    }
  }

  /**
   * @param body to be posted, {@code null} to get
   * @param headers names in lower case and values, by turns
   * @throws IOException if there is no whole answer, or none for very long
   */
  Reply ask(boolean http2, String target, byte @Nullable [] body, String type, String... headers)
      throws IOException, InterruptedException {
    return http2 ? young(target, body, type, headers) : old(target, body, type, headers);
  }

  private Reply old(String target, byte @Nullable [] body, String type, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
            .timeout(patience)
            .headers(headers);
    if (body != null) {
      request.header("content-type", type).POST(BodyPublishers.ofByteArray(body));
    }
    HttpResponse<byte[]> heard = http.send(request.build(), BodyHandlers.ofByteArray());
    Map<String, String> fields = new TreeMap<>();
    heard.headers().map().forEach((name, values) -> fields.put(name, values.getFirst()));
    return new Reply(heard.statusCode(), fields, ByteString.copyFrom(heard.body()));
  }

  private Reply young(String target, byte @Nullable [] body, String type, String... headers)
      throws IOException {
    try (FrameClient client = new FrameClient(port).greet()) {
      FrameClient.Response heard =
          body == null ? client.get(target, headers) : client.post(target, type, body, headers);
      if (heard.reset() != null) {
        throw new IOException("reset: " + heard.reset());
      }
      return new Reply(heard.status(), heard.headers(), ByteString.copyFrom(heard.bytes()));
    } catch (Http2Exception e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
