/** Tests of the engine, on the real map of Monaco. */
@NullMarked
package dev.weir.routing.graphhopper;

import org.jspecify.annotations.NullMarked;
