/** Step 8: from a query to a reply, on a worker; and warming up before the first call. */
@NullMarked
package dev.weir.proxy.compute;

import org.jspecify.annotations.NullMarked;
