/**
 * Open-loop load against a running server, and the comparison of Weir with the stock server.
 *
 * <p>Requests are sent when a seeded schedule says so, whether or not earlier ones were answered,
 * and every latency counts from the scheduled moment. The generator measures itself and disowns
 * results in which it was the bottleneck.
 */
@NullMarked
package dev.weir.benchmarks.load;

import org.jspecify.annotations.NullMarked;
