package dev.weir.proxy.transport.contract;

import com.google.protobuf.Message;
import dev.weir.proxy.path.TransportObserver.Resource;
import dev.weir.routing.RequestKind;
import org.jspecify.annotations.Nullable;

/**
 * A method of the contract, whatever carries it. Immutable.
 *
 * @param <Q> the request
 * @param <A> a response
 */
public interface Method<Q extends Message, A extends Message> {

  /** What it is counted as. */
  Resource resource();

  /** The work it takes, {@code null} if it takes none. */
  @Nullable RequestKind kind();

  /** The empty request, by which requests are read and their rules are found. */
  Q prototype();
}
