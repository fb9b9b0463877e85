/** Tests of the admin port, over real sockets. */
@NullMarked
package dev.weir.proxy.transport.admin;

import org.jspecify.annotations.NullMarked;
