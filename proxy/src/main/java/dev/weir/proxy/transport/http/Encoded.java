package dev.weir.proxy.transport.http;

import dev.weir.proxy.path.Refusal;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * A response ready to be written; whoever holds it writes or releases it.
 *
 * @param reason of a refusal, {@code null} for anything else
 * @param bodyBytes length of the body alone
 * @param keepAlive what it says about the connection
 * @param heldBytes how much of the memory for unread answers it takes, 0 if it is not counted
 */
record Encoded(
    ByteBuf bytes,
    int status,
    Refusal.@Nullable Reason reason,
    int bodyBytes,
    boolean keepAlive,
    int heldBytes) {}
