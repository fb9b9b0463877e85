@NullMarked
package dev.weir.benchmarks.tracking;

import org.jspecify.annotations.NullMarked;
