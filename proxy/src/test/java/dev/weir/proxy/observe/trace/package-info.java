@NullMarked
package dev.weir.proxy.observe.trace;

import org.jspecify.annotations.NullMarked;
