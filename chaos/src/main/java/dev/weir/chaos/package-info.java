/** The command {@code ./weir chaos}: hypotheses about failure, tried on a real server. */
@NullMarked
package dev.weir.chaos;

import org.jspecify.annotations.NullMarked;
