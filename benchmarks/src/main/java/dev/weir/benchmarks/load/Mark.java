package dev.weir.benchmarks.load;

import java.nio.charset.StandardCharsets;

/** Words without which the body of a 200 is no right answer. Immutable. */
public final class Mark {
  /** Of a route, as GraphHopper writes it. */
  static final Mark ROUTE = new Mark("\"paths\"");

  private final byte[] bytes;

  /**
   * @param text in ASCII; its first character does not come again but at its end
   */
  Mark(String text) {
    bytes = text.getBytes(StandardCharsets.US_ASCII);
  }

  /** When so much of it is matched, it was there. */
  public int length() {
    return bytes.length;
  }

  /** How much of it is matched when {@code b} follows after {@code matched} bytes of it. */
  public int matched(int matched, byte b) {
    if (b == bytes[matched]) {
      return matched + 1;
    }
    return b == bytes[0] ? 1 : 0;
  }
}
