package dev.weir.proxy.transport.grpc;

import dev.weir.proxy.path.Trace;

/**
 * How a call came in.
 *
 * @param trace what it is called
 * @param address of the peer
 * @param nanos when its head was complete
 */
record Arrival(Trace trace, String address, long nanos) {}
