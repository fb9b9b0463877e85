@NullMarked
package dev.weir.proxy.rides;

import org.jspecify.annotations.NullMarked;
