/** Holds the documents for operators to the names and commands that there are. */
@NullMarked
package dev.weir.proxy.handbook;

import org.jspecify.annotations.NullMarked;
