@NullMarked
package dev.weir.benchmarks.city;

import org.jspecify.annotations.NullMarked;
