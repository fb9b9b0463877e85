/** Tests of the HTTP front end, over real sockets. */
@NullMarked
package dev.weir.proxy.transport.http;

import org.jspecify.annotations.NullMarked;
