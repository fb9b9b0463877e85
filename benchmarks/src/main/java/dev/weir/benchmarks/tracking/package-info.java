/**
 * Rides that are followed over gRPC, thousands at a time: what a stream costs a server in memory
 * and processor time, and how soon riders get their routes.
 */
@NullMarked
package dev.weir.benchmarks.tracking;

import org.jspecify.annotations.NullMarked;
