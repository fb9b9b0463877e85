package dev.weir.proxy.transport.contract;

import java.util.Arrays;

/** Reads a line that is written in Google's Encoded Polyline Algorithm Format. */
final class PolylineReader {

  private static final int FIRST_CHARACTER = 63;
  private static final int BITS = 5;
  private static final int MORE = 1 << BITS;

  /** Of the last group of bits of a number: no coordinate needs more. */
  private static final int MOST_SHIFT = 55;

  private final String encoded;
  private final double[] latitudes;
  private final double[] longitudes;
  private int at;

  /**
   * @param multiplier units of the encoded numbers in a degree
   * @throws IllegalArgumentException if it is no such line
   */
  PolylineReader(String encoded, double multiplier) {
    this.encoded = encoded;
    double[] north = new double[encoded.length() / 2 + 1];
    double[] east = new double[encoded.length() / 2 + 1];
    int points = 0;
    long latitude = 0;
    long longitude = 0;
    while (at < encoded.length()) {
      latitude += next();
      longitude += next();
      north[points] = latitude / multiplier;
      east[points++] = longitude / multiplier;
    }
    this.latitudes = Arrays.copyOf(north, points);
    this.longitudes = Arrays.copyOf(east, points);
  }

  private long next() {
    long value = 0;
    int shift = 0;
    int bits;
    do {
      bits = at < encoded.length() ? encoded.charAt(at++) - FIRST_CHARACTER : -1;
      if (bits < 0 || bits >= 2 * MORE || shift > MOST_SHIFT) {
        throw new IllegalArgumentException("no line: character " + at + " of " + encoded.length());
      }
      value |= (long) (bits & (MORE - 1)) << shift;
      shift += BITS;
    } while (bits >= MORE);
    return (value & 1) == 0 ? value >> 1 : ~(value >> 1);
  }

  double[] latitudes() {
    return latitudes;
  }

  double[] longitudes() {
    return longitudes;
  }
}
