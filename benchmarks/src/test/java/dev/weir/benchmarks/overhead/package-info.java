@NullMarked
package dev.weir.benchmarks.overhead;

import org.jspecify.annotations.NullMarked;
