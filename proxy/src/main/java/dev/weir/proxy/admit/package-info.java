/** Step 5: is there room? Decided on the event loop. */
@NullMarked
package dev.weir.proxy.admit;

import org.jspecify.annotations.NullMarked;
