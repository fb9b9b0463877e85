package dev.weir.proxy.transport.http;

import io.netty.buffer.ByteBufAllocator;

/**
 * What an answer is sent in, whatever it says.
 *
 * @param head of the request
 * @param keepAlive the connection goes on
 */
record Envelope(RequestHead head, boolean keepAlive, ByteBufAllocator allocator) {}
