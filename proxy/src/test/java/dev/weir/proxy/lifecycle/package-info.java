/** How a server begins and ends. */
@NullMarked
package dev.weir.proxy.lifecycle;

import org.jspecify.annotations.NullMarked;
