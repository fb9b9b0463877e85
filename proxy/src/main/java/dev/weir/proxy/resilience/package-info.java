/** Step 7: is the engine well? The only package that sees Resilience4j. */
@NullMarked
package dev.weir.proxy.resilience;

import org.jspecify.annotations.NullMarked;
