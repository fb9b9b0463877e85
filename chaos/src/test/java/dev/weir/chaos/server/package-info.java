@NullMarked
package dev.weir.chaos.server;

import org.jspecify.annotations.NullMarked;
