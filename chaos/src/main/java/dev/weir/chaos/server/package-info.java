/** The server under trial: a process of its own, seen from outside. */
@NullMarked
package dev.weir.chaos.server;

import org.jspecify.annotations.NullMarked;
