@NullMarked
package dev.weir.proxy.transport.contract;

import org.jspecify.annotations.NullMarked;
