/** Step 4: whose a call is, until when it is of use, and what it will cost. */
@NullMarked
package dev.weir.proxy.classify;

import org.jspecify.annotations.NullMarked;
