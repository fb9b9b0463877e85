/** Hypotheses, one per class, and what they are tried with. */
@NullMarked
package dev.weir.chaos.scenario;

import org.jspecify.annotations.NullMarked;
