@NullMarked
package dev.weir.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
