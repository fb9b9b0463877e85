package dev.weir.proxy.admit;

/**
 * Classes of cost, two per octave: from 2^14 ns (16 µs) to 2^30 ns (one second), with all that is
 * less in the first and all that is more in the last.
 */
final class Sizes {

  static final int COUNT = 32;

  private static final int FIRST_OCTAVE = 14;

  private Sizes() {}

  /** The least cost of a class. */
  static long nanos(int size) {
    long octave = 1L << (FIRST_OCTAVE + size / 2);
    return size % 2 == 0 ? octave : octave + octave / 2;
  }

  static int of(long nanos) {
    int octave = 63 - Long.numberOfLeadingZeros(Math.max(1, nanos));
    int half = octave == 0 ? 0 : (int) (nanos >>> (octave - 1)) & 1;
    return Math.clamp(2L * (octave - FIRST_OCTAVE) + half, 0, COUNT - 1);
  }
}
