/**
 * Policies of admission and order in virtual time: a seeded discrete-event simulator of processors
 * that are shared, the workloads and metrics, and the policies known from elsewhere. The same seed
 * gives the same result to the bit. One thread per simulation.
 */
@NullMarked
package dev.weir.benchmarks.sim;

import org.jspecify.annotations.NullMarked;
