@NullMarked
package dev.weir.proxy.admit.limit;

import org.jspecify.annotations.NullMarked;
