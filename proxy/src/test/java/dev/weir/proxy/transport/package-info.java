/** Tools for the tests of transports. */
@NullMarked
package dev.weir.proxy.transport;

import org.jspecify.annotations.NullMarked;
