package dev.weir.proxy.transport.http;

import dev.weir.routing.MalformedQuery;
import dev.weir.routing.Problem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Undoes gzip, up to a size. */
final class Inflation {

  /** Answered with a status of its own. */
  static final Problem TOO_LARGE =
      new Problem(Problem.Kind.UNREADABLE, "HTTP 413 Content Too Large", List.of());

  private static final Problem UNREADABLE =
      new Problem(Problem.Kind.UNREADABLE, "Unable to process JSON", List.of());
  private static final int BUFFER_BYTES = 8_192;

  private Inflation() {}

  /**
   * Costs CPU in proportion to the size inflated to, at most {@code maxBytes}.
   *
   * @throws MalformedQuery if it is not gzip, ends too soon, or inflates to more
   */
  static byte[] inflate(byte[] compressed, int maxBytes) throws MalformedQuery {
    if (compressed.length == 0) {
      return compressed;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(BUFFER_BYTES);
    byte[] buffer = new byte[BUFFER_BYTES];
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (out.size() + n > maxBytes) {
          throw new MalformedQuery(TOO_LARGE);
        }
        out.write(buffer, 0, n);
      }
    } catch (IOException e) {
      throw new MalformedQuery(UNREADABLE);
    }
    return out.toByteArray();
  }
}
