/** Breaks the rules, so that it can be seen that they notice. */
@NullMarked
package dev.weir.proxy.walls.planted.client;

import org.jspecify.annotations.NullMarked;
