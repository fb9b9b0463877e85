@NullMarked
package dev.weir.benchmarks.chart;

import org.jspecify.annotations.NullMarked;
