@NullMarked
package dev.weir.proxy.transport.contract.openapi;

import org.jspecify.annotations.NullMarked;
