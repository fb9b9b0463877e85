/** Step 6: the bounded queue and the workers. */
@NullMarked
package dev.weir.proxy.dispatch;

import org.jspecify.annotations.NullMarked;
