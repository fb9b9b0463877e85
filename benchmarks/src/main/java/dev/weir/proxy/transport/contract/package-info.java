/** Benchmarks of the contract, in the package of what they measure, as tests are. */
@NullMarked
package dev.weir.proxy.transport.contract;

import org.jspecify.annotations.NullMarked;
