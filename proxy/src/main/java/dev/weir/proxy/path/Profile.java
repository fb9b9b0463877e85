package dev.weir.proxy.path;

import dev.weir.routing.RequestKind;

/**
 * All that gate and queue may know of a call.
 *
 * @param tenant whose share it counts against
 * @param costNanos estimated time on one processor
 */
public record Profile(RequestKind kind, String tenant, Deadline deadline, long costNanos) {}
