package dev.weir.proxy.transport.contract;

import com.google.protobuf.Message;
import dev.weir.routing.MalformedQuery;
import dev.weir.routing.RequestKind;
import org.jspecify.annotations.Nullable;

/**
 * A method of the contract that is answered from memory: it asks nothing of the engine, so no gate
 * is in its way.
 *
 * @param <Q> the request
 * @param <A> the response
 */
public interface Immediate<Q extends Message, A extends Message> extends Method<Q, A> {

  @Override
  default @Nullable RequestKind kind() {
    return null;
  }

  /**
   * The response to a request that keeps the rules of its fields. For event loops: never blocks,
   * costs time in proportion to the response.
   *
   * @param tenant who asks
   * @throws MalformedQuery if the request makes no sense to this tenant
   */
  A answer(String tenant, Q request) throws MalformedQuery;
}
