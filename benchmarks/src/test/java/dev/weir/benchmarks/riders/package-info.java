@NullMarked
package dev.weir.benchmarks.riders;

import org.jspecify.annotations.NullMarked;
