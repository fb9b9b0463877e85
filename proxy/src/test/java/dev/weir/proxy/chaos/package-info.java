@NullMarked
package dev.weir.proxy.chaos;

import org.jspecify.annotations.NullMarked;
