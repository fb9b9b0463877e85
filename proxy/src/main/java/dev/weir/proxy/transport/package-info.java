/** What the transports on Netty share. */
@NullMarked
package dev.weir.proxy.transport;

import org.jspecify.annotations.NullMarked;
