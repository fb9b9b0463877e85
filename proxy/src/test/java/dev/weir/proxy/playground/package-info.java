@NullMarked
package dev.weir.proxy.playground;

import org.jspecify.annotations.NullMarked;
