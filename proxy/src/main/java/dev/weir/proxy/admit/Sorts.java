package dev.weir.proxy.admit;

import dev.weir.proxy.path.Estimate;

/**
 * Calls by what they are and by what they cost: a family of calls, and in it a class of {@link
 * Sizes}.
 */
final class Sorts {

  static final int FAMILIES = Estimate.FAMILIES;
  static final int COUNT = FAMILIES * Sizes.COUNT;

  private Sorts() {}

  static int of(int family, int size) {
    return family * Sizes.COUNT + size;
  }

  static int of(Estimate estimate) {
    return of(estimate.family(), Sizes.of(estimate.meanNanos()));
  }

  static int family(int sort) {
    return sort / Sizes.COUNT;
  }

  static int size(int sort) {
    return sort % Sizes.COUNT;
  }
}
