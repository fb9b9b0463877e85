package dev.weir.benchmarks.micro;

/**
 * What a benchmark measured.
 *
 * @param benchmark class, method and parameters
 * @param nanos per operation: the median of all iterations
 * @param ratio the same in multiples of the reference, measured just before
 * @param bytes allocated per operation
 */
record Score(String benchmark, double nanos, double ratio, double bytes) {}
