/** Requests as traces, for a collector; the only package that sees OpenTelemetry. */
@NullMarked
package dev.weir.proxy.observe.trace;

import org.jspecify.annotations.NullMarked;
