/** Diagrams and pages for people that need no other file, no script and no network. */
@NullMarked
package dev.weir.benchmarks.chart;

import org.jspecify.annotations.NullMarked;
