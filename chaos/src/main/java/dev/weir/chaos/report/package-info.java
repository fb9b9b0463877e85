/** What is told of a trial. */
@NullMarked
package dev.weir.chaos.report;

import org.jspecify.annotations.NullMarked;
