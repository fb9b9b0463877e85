/** What rides cost: the tariff, signed quotes, and the book of those that were given. */
@NullMarked
package dev.weir.proxy.rides;

import org.jspecify.annotations.NullMarked;
