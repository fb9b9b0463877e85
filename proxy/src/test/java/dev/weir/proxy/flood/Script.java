package dev.weir.proxy.flood;

import java.util.List;

/**
 * What one connection does from its opening on, and how it behaves.
 *
 * @param steps in the order of their times; the first time is that of the opening
 */
record Script(Manner manner, List<Step> steps) {

  /**
   * @param atNanos from the beginning of the flood; kept whatever the server does
   */
  record Step(long atNanos, Act act) {}

  /** What is done in a step. */
  sealed interface Act {

    record Open() implements Act {}

    /** All in one write, not waiting for any answer: pipelined if there are several. */
    record Send(List<Ask> asks) implements Act {}

    /**
     * @param latin1 bytes that are no request or no whole one, one per character
     */
    record Spill(String latin1) implements Act {}

    /** Says that nothing more will be sent, and still reads. */
    record Finish() implements Act {}

    /** Goes away at once; the server sees a reset. */
    record Reset() implements Act {}
  }

  /** How a caller behaves, and thereby what it may expect. */
  enum Manner {
    /** Reads what it asked for: gets every answer. */
    POLITE,
    /** The same of a server that ends: gets every answer whole, or finds its connection closed. */
    LENIENT,
    /** Reads a few bytes at a time: gets every answer, or is cut off. */
    SLOW,
    /** Reads nothing until the flood lets it: is cut off. */
    DEAF,
    /** Goes away in the middle. */
    RUDE,
    /** Sends what is not HTTP: is told so at most, and cut off. */
    GARBLING,
    /** Begins a request and does not end it: is cut off after a while. */
    HALF
  }
}
