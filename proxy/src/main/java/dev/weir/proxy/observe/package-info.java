/** Metrics and their names; the only package that sees Micrometer. */
@NullMarked
package dev.weir.proxy.observe;

import org.jspecify.annotations.NullMarked;
