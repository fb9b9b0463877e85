/** Weir beside the stock GraphHopper server, and under the clients that people use. */
@NullMarked
package dev.weir.proxy.conformance;

import org.jspecify.annotations.NullMarked;
