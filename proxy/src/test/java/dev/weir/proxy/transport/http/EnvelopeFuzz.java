package dev.weir.proxy.transport.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.weir.routing.MalformedQuery;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Bodies that are to hold one message of the Connect protocol, in its envelope. What comes out is
 * what was put in, never longer than allowed; whatever else is there, is refused.
 */
public final class EnvelopeFuzz {

  private static final int MOST_BYTES = 16_384;

  private EnvelopeFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    read(data, true);
    read(data, false);
    if (!Arrays.equals(data, only(ConnectFrames.message(data), false))) {
      throw wrong("not the same after it was put into an envelope", data);
    }
    if (only(ConnectFrames.end(data), true) != null) {
      throw wrong("the end of a stream passes for a message", data);
    }
  }

  private static void read(byte[] body, boolean gzip) {
    byte[] message = only(body, gzip);
    boolean whole =
        body.length >= ConnectFrames.PREFIX_BYTES
            && ByteBuffer.wrap(body).getInt(1) == body.length - ConnectFrames.PREFIX_BYTES;
    boolean plain = whole && body[0] == 0;
    if (plain && !Arrays.equals(body, message == null ? null : ConnectFrames.message(message))) {
      throw wrong("a plain message is another", body);
    }
    if (!plain && message != null && !(whole && gzip && body[0] == 1)) {
      throw wrong("no message, and is read as one", body);
    }
    if (!plain && message != null && !Arrays.equals(message, inflated(body))) {
      throw wrong("inflates to something else", body);
    }
  }

  /** The message, {@code null} if the body is refused. */
  private static byte @Nullable [] only(byte[] body, boolean gzip) {
    try {
      return ConnectFrames.only(body, gzip, MOST_BYTES);
    } catch (MalformedQuery refused) {
      return null;
    }
  }

  /** As Java does it, up to what is allowed. */
  private static byte[] inflated(byte[] body) {
    int length = body.length - ConnectFrames.PREFIX_BYTES;
    if (length == 0) {
      return new byte[0];
    }
    try (var in =
        new GZIPInputStream(new ByteArrayInputStream(body, ConnectFrames.PREFIX_BYTES, length))) {
      return in.readNBytes(MOST_BYTES);
    } catch (IOException e) {
      throw new IllegalStateException("no gzip, and is read as such", e);
    }
  }

  private static IllegalStateException wrong(String what, byte[] data) {
    return new IllegalStateException(what + ": " + new String(data, ISO_8859_1));
  }
}
