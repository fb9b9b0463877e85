/** Callers who check every answer. */
@NullMarked
package dev.weir.chaos.load;

import org.jspecify.annotations.NullMarked;
