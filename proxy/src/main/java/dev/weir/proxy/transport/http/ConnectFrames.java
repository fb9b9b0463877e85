package dev.weir.proxy.transport.http;

import dev.weir.routing.MalformedQuery;
import dev.weir.routing.Problem;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The envelopes of the Connect protocol: in streams each message has a byte of flags and its length
 * before it [1].
 *
 * <p>[1] https://connectrpc.com/docs/protocol/#streaming-rpcs
 */
final class ConnectFrames {

  /** Of what stands before a message. */
  static final int PREFIX_BYTES = 5;

  private static final byte PLAIN = 0;
  private static final byte COMPRESSED = 1;
  private static final byte END_OF_STREAM = 2;

  private ConnectFrames() {}

  static byte[] message(byte[] content) {
    return frame(PLAIN, content);
  }

  /**
   * The last of a stream.
   *
   * @param content JSON
   */
  static byte[] end(byte[] content) {
    return frame(END_OF_STREAM, content);
  }

  private static byte[] frame(byte flags, byte[] content) {
    return ByteBuffer.allocate(PREFIX_BYTES + content.length)
        .put(flags)
        .putInt(content.length)
        .put(content)
        .array();
  }

  /**
   * The message in a body that is to hold one.
   *
   * @param gzip what is compressed, is so by gzip; otherwise nothing may be
   * @param maxBytes what a message may inflate to
   */
  static byte[] only(byte[] body, boolean gzip, int maxBytes) throws MalformedQuery {
    if (body.length < PREFIX_BYTES) {
      throw unreadable("The body ends within the envelope of its message.");
    }
    ByteBuffer in = ByteBuffer.wrap(body);
    int flags = in.get();
    int length = in.getInt();
    if (flags != PLAIN && flags != COMPRESSED) {
      throw unreadable("The envelope of the message has flags that are not known here.");
    }
    if (length != in.remaining()) {
      throw unreadable("The body has to be one message, as long as its envelope says.");
    }
    byte[] content = Arrays.copyOfRange(body, PREFIX_BYTES, body.length);
    if (flags == PLAIN) {
      return content;
    }
    if (!gzip) {
      throw unreadable("The message is compressed, and no Connect-Content-Encoding says by what.");
    }
    return Inflation.inflate(content, maxBytes);
  }

  private static MalformedQuery unreadable(String sentence) {
    return new MalformedQuery(Problem.of(Problem.Kind.UNREADABLE, sentence, null));
  }
}
