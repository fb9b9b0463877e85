@NullMarked
package dev.weir.benchmarks.sim;

import org.jspecify.annotations.NullMarked;
