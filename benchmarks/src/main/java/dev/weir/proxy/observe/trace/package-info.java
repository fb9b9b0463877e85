/**
 * Benchmarks of traces, in the package of what they measure, as tests are: nothing of it has to be
 * public for their sake.
 */
@NullMarked
package dev.weir.proxy.observe.trace;

import org.jspecify.annotations.NullMarked;
