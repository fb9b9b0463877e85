package dev.weir.proxy.observe;

import dev.weir.routing.RequestKind;
import java.util.stream.LongStream;

/**
 * Upper bounds of the histograms. Two or three to a decade, around what each kind of work takes on
 * the maps we measured: fewer cannot tell a good day from a bad one, more are paid for by whoever
 * stores them.
 */
final class Buckets {

  private static final double MICROS_PER_SECOND = 1e6;

  static final double[] QUEUE =
      micros(
          500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000);

  private static final double[] LOOKUP =
      micros(50, 100, 200, 500, 1_000, 5_000, 20_000, 100_000, 500_000, 2_000_000);

  private static final double[] SEARCH =
      micros(
          500,
          1_000,
          2_000,
          5_000,
          10_000,
          20_000,
          50_000,
          100_000,
          200_000,
          500_000,
          1_000_000,
          2_000_000,
          5_000_000,
          20_000_000);

  private static final double[] AREA =
      micros(
          5_000,
          10_000,
          20_000,
          50_000,
          100_000,
          200_000,
          500_000,
          1_000_000,
          2_000_000,
          5_000_000,
          20_000_000,
          60_000_000);

  /** Of threads that are to be there at once: a millisecond is good, a tenth of a second is not. */
  static final double[] LAG =
      micros(1_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000, 5_000_000);

  /** From an eighth to eight times, finer where it is good. */
  static final double[] ESTIMATE_PERCENT = {12, 25, 50, 70, 100, 140, 200, 400, 800};

  private Buckets() {}

  static double[] of(RequestKind kind) {
    return switch (kind) {
      case ROUTE, MATRIX -> SEARCH;
      case ISOCHRONE, SPT -> AREA;
      case NEAREST -> LOOKUP;
    };
  }

  private static double[] micros(long... micros) {
    return LongStream.of(micros).mapToDouble(each -> each / MICROS_PER_SECOND).toArray();
  }
}
