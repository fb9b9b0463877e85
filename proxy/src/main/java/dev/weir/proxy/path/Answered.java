package dev.weir.proxy.path;

import dev.weir.proxy.path.TransportObserver.Resource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An answer that was handed to its connection.
 *
 * @param method as sent, one of the methods of HTTP or {@code other}; {@code gRPC} there
 * @param status of HTTP; of what came by gRPC, and of several answers, the one that goes with how
 *     it ended
 * @param reason of a refusal, {@code null} for anything else
 * @param bytes length of the answer's body
 * @param times of its steps
 * @param spent {@code null} if it was not admitted
 * @param address of the peer
 * @param critical the highest priority is claimed for it, as far as that came out
 * @param asker whose request it was, as far as that came out; may take a microsecond, and is to be
 *     asked on the thread that tells of the answer
 */
public record Answered(
    Trace trace,
    Resource resource,
    String method,
    int status,
    Refusal.@Nullable Reason reason,
    long bytes,
    Times times,
    @Nullable Spent spent,
    String address,
    boolean critical,
    Supplier<@Nullable Identity> asker) {

  /** The same without what can tell whose it was, which holds on to the request. */
  public Answered forgettingWho() {
    return new Answered(
        trace,
        resource,
        method,
        status,
        reason,
        bytes,
        times,
        spent,
        address,
        critical,
        () -> null);
  }

  /** From the end of the request's head. */
  public long tookNanos() {
    return times.tookNanos();
  }
}
