package dev.weir.proxy.classify;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Running moments of positive quantities that spread over orders of magnitude, many of them in
 * little space: of each the mean, and mean and variance of its logarithm. Older samples are
 * forgotten. Thread-safe and lock-free: one quantity is one word, so that whoever reads it sees
 * moments that belong together.
 */
final class Moments {

  /**
   * From so many samples on, each new one counts for this part: half of what was known is gone
   * after 22 samples. The mean of so many is known to an eighth of their deviation.
   */
  static final int MOST_SAMPLES = 32;

  /**
   * What is known from elsewhere counts like so many samples, and no longer once there are {@link
   * #MOST_SAMPLES} of one's own.
   */
  private static final double WEIGHT_OF_OTHERS = 4;

  // A word: 8 bits of count, 16 of variance, 20 of the mean logarithm, 20 of the logarithm of the
  // mean. Fixed point, so fine that a step towards a sample that differs by half a percent is not
  // rounded away.
  private static final int COUNT_AT = 56;
  private static final int VARIANCE_AT = 40;
  private static final int VARIANCE_BITS = 16;
  private static final int MEAN_LOG_AT = 20;
  private static final int LOG_BITS = 20;
  private static final double VARIANCE_SCALE = 1 << 10;
  private static final double LOG_SCALE = 1 << 12;

  private final AtomicLongArray words;

  Moments(int quantities) {
    words = new AtomicLongArray(quantities);
  }

  /** One quantity's moments, for the methods below. */
  long word(int quantity) {
    return words.getOpaque(quantity);
  }

  AtomicLongArray words() {
    return words;
  }

  /** A sample, as natural logarithm, within ±100. */
  void learn(int quantity, double log) {
    long known;
    do {
      known = words.get(quantity);
    } while (!words.compareAndSet(quantity, known, with(known, log)));
  }

  private static long with(long known, double log) {
    int count = Math.min(count(known) + 1, MOST_SAMPLES);
    double part = 1.0 / count;
    double step = log - meanLog(known);
    double variance = (1 - part) * (variance(known) + part * step * step);
    double growth = count == 1 ? 0 : Math.log1p(part * Math.expm1(log - logMean(known)));
    double logMean = count == 1 ? log : logMean(known) + growth;
    return ((long) count << COUNT_AT)
        | (fixed(variance * VARIANCE_SCALE, VARIANCE_BITS) << VARIANCE_AT)
        | (fixed((meanLog(known) + part * step) * LOG_SCALE, LOG_BITS) << MEAN_LOG_AT)
        | fixed(logMean * LOG_SCALE, LOG_BITS);
  }

  private static long fixed(double value, int bits) {
    long bound = (1L << (bits - 1)) - 1;
    return Math.clamp(Math.round(value), -bound, bound) & ((1L << bits) - 1);
  }

  private static double signed(long word, int at, int bits) {
    long toTheTop = word << (Long.SIZE - at - bits);
    return toTheTop >> (Long.SIZE - bits);
  }

  /** Samples, at most {@link #MOST_SAMPLES}. */
  static int count(long word) {
    return (int) Math.min(word >>> COUNT_AT, MOST_SAMPLES);
  }

  /** Variance of the logarithm. */
  static double variance(long word) {
    return signed(word, VARIANCE_AT, VARIANCE_BITS) / VARIANCE_SCALE;
  }

  /** Mean of the logarithm. */
  static double meanLog(long word) {
    return signed(word, MEAN_LOG_AT, LOG_BITS) / LOG_SCALE;
  }

  /** Logarithm of the mean. */
  static double logMean(long word) {
    return signed(word, 0, LOG_BITS) / LOG_SCALE;
  }

  /** How much a quantity's own moments count beside those of similar ones, from 0 to 1. */
  static double weight(long word) {
    double count = count(word);
    return count / (count + WEIGHT_OF_OTHERS * (1 - count / MOST_SAMPLES));
  }
}
