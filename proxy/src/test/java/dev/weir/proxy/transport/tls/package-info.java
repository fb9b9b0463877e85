@NullMarked
package dev.weir.proxy.transport.tls;

import org.jspecify.annotations.NullMarked;
