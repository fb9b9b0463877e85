/**
 * The routing engine on an embedded GraphHopper; the only package that sees {@code
 * com.graphhopper}.
 */
@NullMarked
package dev.weir.routing.graphhopper;

import org.jspecify.annotations.NullMarked;
