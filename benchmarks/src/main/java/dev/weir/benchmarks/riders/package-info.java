/**
 * Ten thousand riders with connections or streams of their own, who ask when a schedule says so,
 * for what a city asks for; and the rivals that Weir is compared with under them.
 *
 * <p>{@link dev.weir.benchmarks.riders.Crowd} is the open loop, {@link
 * dev.weir.benchmarks.riders.Door} how they reach a server, {@link
 * dev.weir.benchmarks.riders.Riders} and {@link dev.weir.benchmarks.riders.Rivals} the commands.
 */
@NullMarked
package dev.weir.benchmarks.riders;

import org.jspecify.annotations.NullMarked;
