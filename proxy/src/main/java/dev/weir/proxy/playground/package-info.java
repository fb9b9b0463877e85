/** The flood of the playground: requests over loopback, on the whole path, for nobody. */
@NullMarked
package dev.weir.proxy.playground;

import org.jspecify.annotations.NullMarked;
