/**
 * The contract {@code weir.v1} over gRPC. Steps of a call, on the thread of its connection: head
 * (who, until when), {@linkplain dev.weir.proxy.path.Application#screen screening} before a byte of
 * the message is read, message, admission; then on a worker: rules for fields, search, response.
 */
@NullMarked
package dev.weir.proxy.transport.grpc;

import org.jspecify.annotations.NullMarked;
