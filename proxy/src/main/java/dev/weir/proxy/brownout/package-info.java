/** What is left out of an answer before it is refused. */
@NullMarked
package dev.weir.proxy.brownout;

import org.jspecify.annotations.NullMarked;
