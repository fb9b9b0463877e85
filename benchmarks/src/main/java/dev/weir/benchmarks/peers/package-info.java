/**
 * Policies of admission against each other, Weir's and those of known libraries: in virtual time,
 * and in one process on the real engine with the same calls at the same times. Only the policy
 * differs.
 */
@NullMarked
package dev.weir.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
