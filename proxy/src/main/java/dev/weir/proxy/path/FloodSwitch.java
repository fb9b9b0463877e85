package dev.weir.proxy.path;

import java.util.Map;

/**
 * A flood on purpose, so that people see what becomes of it: requests over loopback that are real
 * but for nobody waiting for them. Thread-safe; no method blocks.
 */
public interface FloodSwitch {

  int MOST_PER_SECOND = 10_000;

  int MOST_SECONDS = 30;

  /** Whether there may be one, as settings are now. */
  boolean offered();

  /**
   * Begins one that ends by itself.
   *
   * @param perSecond from 1 to {@link #MOST_PER_SECOND}
   * @param seconds from 1 to {@link #MOST_SECONDS}
   * @return whether it has begun: there is one at a time, and none where it is not {@link #offered}
   */
  boolean start(int perSecond, int seconds);

  /** Ends it, if there is one. */
  void stop();

  /** What became of the flood under way, or else of the last one. */
  Report report();

  /**
   * So far.
   *
   * @param running requests are being sent, or waited for
   * @param usualPerSecond a rate that is too much for most machines like this
   * @param from the address that requests come from, empty if there was no flood yet
   * @param offered requests that were to be sent
   * @param good those answered in time
   * @param late those answered, but not in time
   * @param refused by reason
   * @param failed those that got no answer, or one of another kind
   * @param unsent those that were not sent, since too many were waited for
   */
  record Report(
      boolean running,
      int usualPerSecond,
      String from,
      long elapsedMillis,
      long offered,
      long good,
      long late,
      Map<String, Long> refused,
      long failed,
      long unsent,
      double answerP50Millis,
      double answerP99Millis,
      double refusalP99Millis) {}
}
