package dev.weir.proxy.transport.http;

import dev.weir.proxy.path.Ticker;
import java.util.concurrent.TimeUnit;

/**
 * How many frames a caller may still send that are work for us and nearly none for it: it earns
 * them by answers, and some by time. Used on its event loop only.
 */
final class FrameBudget {

  /** Enough for the first settings, windows and priorities of any client, many times over. */
  private static final int MOST = 1_000;

  private static final int PER_SECOND = 50;
  private static final long NANOS_EACH = TimeUnit.SECONDS.toNanos(1) / PER_SECOND;

  // Clients open the windows of stream and connection anew for each piece that they read, which are
  // seldom smaller than this.
  private static final int ANSWER_BYTES_EACH = 2_048;
  private static final int EACH_ANSWER = 8;

  /** Heads are malformed by mistake now and then; most of those are small. */
  private static final int MALFORMED = 16;

  private final Ticker ticker;
  private int left = MOST;
  private long countedNanos;

  FrameBudget(Ticker ticker) {
    this.ticker = ticker;
    this.countedNanos = ticker.nanos();
  }

  /** Whether there was enough left. */
  boolean spend(int cost) {
    if (left < cost) {
      earnByTime();
    }
    left -= cost;
    return left >= 0;
  }

  private void earnByTime() {
    long units = (ticker.nanos() - countedNanos) / NANOS_EACH;
    countedNanos += units * NANOS_EACH;
    earn((int) Math.min(units, MOST));
  }

  /** A request could not be read; returns whether there was enough left. */
  boolean malformed() {
    return spend(MALFORMED);
  }

  /** An answer is given. */
  void answered() {
    earn(EACH_ANSWER);
  }

  /** So much of an answer was taken. */
  void taken(int bytes) {
    earn(bytes / ANSWER_BYTES_EACH);
  }

  private void earn(int units) {
    left = Math.min(MOST, left + units);
  }
}
