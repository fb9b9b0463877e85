/** Start, wiring and stop of the server. */
@NullMarked
package dev.weir.proxy;

import org.jspecify.annotations.NullMarked;
