/** Measurements of Weir: micro benchmarks, and load against a running server. */
@NullMarked
package dev.weir.benchmarks;

import org.jspecify.annotations.NullMarked;
