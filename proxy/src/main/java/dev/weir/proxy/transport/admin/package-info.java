/** Health, metrics, effective configuration and the breaker's switch, on a port of their own. */
@NullMarked
package dev.weir.proxy.transport.admin;

import org.jspecify.annotations.NullMarked;
