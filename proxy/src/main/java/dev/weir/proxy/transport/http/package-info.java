/** Steps 1, 2 and 9: GraphHopper's HTTP surface on Netty. */
@NullMarked
package dev.weir.proxy.transport.http;

import org.jspecify.annotations.NullMarked;
