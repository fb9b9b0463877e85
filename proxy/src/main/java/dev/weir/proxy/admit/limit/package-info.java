/**
 * How many calls may be computed at the same time: the algorithms alone, as arithmetic on what was
 * measured. Nothing here looks at a clock, knows a thread or decides about a single call.
 */
@NullMarked
package dev.weir.proxy.admit.limit;

import org.jspecify.annotations.NullMarked;
