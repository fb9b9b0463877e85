/**
 * The order of the steps from a call to its reply, and the ports of the steps. Sees no third-party
 * type.
 */
@NullMarked
package dev.weir.proxy.path;

import org.jspecify.annotations.NullMarked;
