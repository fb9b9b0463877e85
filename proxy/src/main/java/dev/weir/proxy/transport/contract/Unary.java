package dev.weir.proxy.transport.contract;

import com.google.protobuf.Message;
import dev.weir.proxy.path.Step;
import dev.weir.routing.Answer;
import dev.weir.routing.RequestKind;
import dev.weir.routing.RouteQuery;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A method of the contract that is one question and one answer. Immutable.
 *
 * @param <Q> the request
 * @param <A> the response
 */
public interface Unary<Q extends Message, A extends Message> extends Method<Q, A> {

  @Override
  RequestKind kind();

  /**
   * What a request asks for. It was not validated: the query stands for what it says, whatever that
   * is. Costs about a microsecond.
   */
  RouteQuery query(Q request);

  /**
   * The response to a request.
   *
   * @param tenant who asks
   * @param answer to {@link #query}
   * @param left what it does without
   */
  A response(String tenant, Q request, Answer answer, Set<Step> left);

  /**
   * The response if there was no room for more than an estimate from straight lines.
   *
   * @return {@code null} if that is worth nothing, and the call is to be refused
   */
  default @Nullable A estimate(double distanceMeters, long millis) {
    return null;
  }
}
