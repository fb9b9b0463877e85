/** Faults on purpose, in a server that was started with {@code --chaos} and in no other. */
@NullMarked
package dev.weir.proxy.chaos;

import org.jspecify.annotations.NullMarked;
