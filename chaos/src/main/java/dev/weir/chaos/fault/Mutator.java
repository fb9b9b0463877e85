package dev.weir.chaos.fault;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Bytes that are nearly HTTP/1.1: a valid request with one to four things wrong with it. The same
 * seed gives the same bytes. Used by one thread.
 */
public final class Mutator {

  private static final int MOST_CHANGES = 4;

  /** What parsers have been known to stumble over. */
  private static final List<String> SPLINTERS =
      List.of(
          "\r\n",
          "\n",
          "\r",
          "\0",
          " ",
          ":",
          "\t",
          "Content-Length: 5\r\n",
          "Content-Length: -1\r\n",
          "Content-Length: 99999999999999999999\r\n",
          "Transfer-Encoding: chunked\r\n",
          "Transfer-Encoding: chunked, chunked\r\n",
          "Host: a\r\nHost: b\r\n",
          " HTTP/9.9",
          "HTTP/1.1",
          "%zz%",
          "?????",
          "Expect: 100-continue\r\n",
          "Connection: upgrade\r\nUpgrade: h2c\r\n",
          "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
          "\u00ff\u00fe",
          "x".repeat(20_000));

  private final SplittableRandom random;
  private final String target;

  /**
   * @param target path and query of the request that everything is made of
   */
  public Mutator(String target, long seed) {
    this.random = new SplittableRandom(seed);
    this.target = target;
  }

  public byte[] next() {
    return changed(
        ((random.nextBoolean() ? "GET " : "POST ")
                + target
                + " HTTP/1.1\r\nHost: weir\r\nContent-Type: application/json\r\n\r\n")
            .getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Other bytes with one to four things wrong with them. */
  byte[] changed(byte[] whole) {
    byte[] bytes = whole.clone();
    int changes = 1 + random.nextInt(MOST_CHANGES);
    for (int i = 0; i < changes && bytes.length > 1; i++) {
      bytes = change(bytes);
    }
    return bytes;
  }

  private byte[] change(byte[] bytes) {
    int at = random.nextInt(bytes.length);
    ByteArrayOutputStream changed = new ByteArrayOutputStream();
    changed.write(bytes, 0, at);
    switch (random.nextInt(5)) {
      case 0 -> { // another byte
        changed.write(random.nextInt(256));
        changed.write(bytes, at + 1, bytes.length - at - 1);
      }
      case 1 -> { // something in between
        String splinter = SPLINTERS.get(random.nextInt(SPLINTERS.size()));
        changed.writeBytes(splinter.getBytes(StandardCharsets.ISO_8859_1));
        changed.write(bytes, at, bytes.length - at);
      }
      case 2 -> { // something left out
        int end = Math.min(Math.max(at, bytes.length - 1), at + 1 + random.nextInt(8));
        changed.write(bytes, end, bytes.length - end);
      }
      case 3 -> { // said twice
        changed.write(bytes, 0, bytes.length);
      }
      default -> changed.write(bytes[at]); // cut short
    }
    return changed.toByteArray();
  }
}
