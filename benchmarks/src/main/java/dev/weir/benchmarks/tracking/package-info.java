/**
 * Rides that are followed over gRPC, thousands at a time: what a stream costs a server in memory
 * and processor time, and how soon riders get their routes.
 *
 * <p>{@link dev.weir.benchmarks.tracking.Fleet} is the open loop, {@link
 * dev.weir.benchmarks.tracking.Ride} one stream, {@link dev.weir.benchmarks.tracking.Tracking} the
 * command.
 */
@NullMarked
package dev.weir.benchmarks.tracking;

import org.jspecify.annotations.NullMarked;
