/** Keys and certificates of the ports, read from files and again when those change. */
@NullMarked
package dev.weir.proxy.transport.tls;

import org.jspecify.annotations.NullMarked;
