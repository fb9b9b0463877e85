/** What callers and networks do wrong. */
@NullMarked
package dev.weir.chaos.fault;

import org.jspecify.annotations.NullMarked;
