package dev.weir.proxy.observe;

import dev.weir.proxy.path.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Lets so many lines of one kind pass in a second and counts the rest. Lines are of one kind if
 * logger and message before formatting are the same. Thread-safe.
 */
final class FloodLimit {

  // A fixed table instead of a map, so that messages made up by callers cannot make it grow. Kinds
  // that meet in a slot share its lines: a second kind may be cut a little early under a flood.
  private static final int SLOTS = 256;
  private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Slot[] slots = new Slot[SLOTS];
  private final Ticker ticker;
  private final int linesPerSecond;
  private long lastTaken;

  FloodLimit(Ticker ticker, int linesPerSecond) {
    this.ticker = ticker;
    this.linesPerSecond = linesPerSecond;
    lastTaken = ticker.nanos();
    for (int i = 0; i < SLOTS; i++) {
      slots[i] = new Slot(lastTaken);
    }
  }

  boolean admits(String logger, String message) {
    int hash = 31 * logger.hashCode() + message.hashCode();
    Slot slot = slots[(hash ^ (hash >>> 16)) & (SLOTS - 1)];
    return slot.admits(ticker.nanos(), linesPerSecond, logger, message);
  }

  /** What was held back and not yet told of, at most once in a second. Called by one thread. */
  List<HeldBack> takeHeldBack() {
    return ticker.nanos() - lastTaken < WINDOW_NANOS ? List.of() : takeAllHeldBack();
  }

  /** What was held back and not yet told of. */
  List<HeldBack> takeAllHeldBack() {
    lastTaken = ticker.nanos();
    List<HeldBack> all = new ArrayList<>();
    for (Slot slot : slots) {
      slot.take(all);
    }
    return all;
  }

  /**
   * @param logger of the last line
   * @param message of the last line, before formatting
   */
  record HeldBack(String logger, String message, long lines) {}

  private static final class Slot {

    private long windowStart;
    private int passed;
    private long heldBack;
    private String logger = "";
    private String message = "";

    Slot(long now) {
      windowStart = now;
    }

    synchronized boolean admits(long now, int most, String from, String text) {
      if (now - windowStart >= WINDOW_NANOS) {
        windowStart = now;
        passed = 0;
      }
      if (passed < most) {
        passed++;
        return true;
      }
      heldBack++;
      logger = from;
      message = text;
      return false;
    }

    synchronized void take(List<HeldBack> all) {
      if (heldBack > 0) {
        all.add(new HeldBack(logger, message, heldBack));
        heldBack = 0;
      }
    }
  }
}
