/**
 * What the way from a caller to the engine and back costs: the same routes asked of the engine
 * alone and of a server, over each protocol.
 */
@NullMarked
package dev.weir.benchmarks.overhead;

import org.jspecify.annotations.NullMarked;
