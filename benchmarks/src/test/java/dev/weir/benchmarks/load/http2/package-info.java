@NullMarked
package dev.weir.benchmarks.load.http2;

import org.jspecify.annotations.NullMarked;
