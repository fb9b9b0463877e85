package dev.weir.benchmarks.load;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Collects the {@link Remarks} of one response after the other. Used by one thread. */
public final class Listener {
  private static final String REASON = "\"reason\":\"";
  private static final String DEGRADED = "x-weir-degraded:";
  private static final String RETRY_AFTER = "retry-after:";

  /** A refusal is shorter; of longer bodies no more is kept. */
  private static final int KEPT_BYTES = 512;

  private final byte[] kept = new byte[KEPT_BYTES];
  private int keptLength;
  private long retryAfterMillis = -1;
  private String degraded = "";

  /** Forgets the last response. */
  public void reset() {
    keptLength = 0;
    retryAfterMillis = -1;
    degraded = "";
  }

  /** Whether a header line may be of interest, by its first and eighth byte in lower case. */
  static boolean wants(int first, int eighth) {
    return first == 'r' || (first == 'x' && eighth == 'd');
  }

  /** A header in lower case. */
  void header(String line) {
    if (line.startsWith(RETRY_AFTER)) {
      retryAfter(line.substring(RETRY_AFTER.length()).strip());
    } else if (line.startsWith(DEGRADED)) {
      degraded(line.substring(DEGRADED.length()).strip());
    }
  }

  /** The header of this name. */
  public void retryAfter(String seconds) {
    retryAfterMillis = millis(seconds);
  }

  /** What Weir says that an answer does without. */
  public void degraded(String what) {
    degraded = what;
  }

  /** A piece of the body of an answer that is not good; leaves the buffer as it is. */
  public void body(ByteBuf in, int length) {
    int room = Math.min(length, KEPT_BYTES - keptLength);
    in.getBytes(in.readerIndex(), kept, keptLength, room);
    keptLength += room;
  }

  /** What the response said. */
  public Remarks remarks() {
    if (keptLength == 0 && retryAfterMillis < 0 && degraded.isEmpty()) {
      return Remarks.NONE;
    }
    return new Remarks(retryAfterMillis, reason(), degraded);
  }

  private String reason() {
    String body = new String(kept, 0, keptLength, StandardCharsets.US_ASCII);
    int at = body.indexOf(REASON);
    int end = at < 0 ? -1 : body.indexOf('"', at + REASON.length());
    return end < 0 ? "" : body.substring(at + REASON.length(), end);
  }

  /** A number of seconds; a date, which nobody here sends, is as good as nothing. */
  private static long millis(String digits) {
    try {
      int seconds = Integer.parseInt(digits);
      return seconds < 0 ? -1 : TimeUnit.SECONDS.toMillis(seconds);
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
