/**
 * The contract {@code weir.v1} between its messages and the core, whatever carries them: queries
 * out of requests, responses out of answers, one table of faults, and the rules for fields.
 */
@NullMarked
package dev.weir.proxy.transport.contract;

import org.jspecify.annotations.NullMarked;
