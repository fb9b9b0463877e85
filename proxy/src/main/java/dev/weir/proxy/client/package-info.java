/**
 * A client for the contract {@code weir.v1} over gRPC that goes easy on a server with too much to
 * do: an interceptor for the stubs of {@code dev.weir.v1}. It knows nothing of the server's code.
 */
@NullMarked
package dev.weir.proxy.client;

import org.jspecify.annotations.NullMarked;
