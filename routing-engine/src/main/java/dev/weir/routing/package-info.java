/**
 * The port to a routing engine: what may be asked, what may come back, and how work is stopped. No
 * type of a third party appears here.
 */
@NullMarked
package dev.weir.routing;

import org.jspecify.annotations.NullMarked;
