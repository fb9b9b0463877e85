package dev.weir.proxy.transport.http;

import io.netty.buffer.ByteBuf;

/**
 * A response ready to be written; whoever holds it writes or releases it.
 *
 * @param bodyBytes length of the body alone
 * @param keepAlive what it says about the connection
 * @param heldBytes how much of the memory for unread answers it takes, 0 if it is not counted
 */
record Encoded(ByteBuf bytes, int status, int bodyBytes, boolean keepAlive, int heldBytes) {}
