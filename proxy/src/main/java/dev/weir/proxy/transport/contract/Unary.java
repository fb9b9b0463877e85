package dev.weir.proxy.transport.contract;

import com.google.protobuf.Message;
import dev.weir.proxy.path.Step;
import dev.weir.proxy.path.TransportObserver.Resource;
import dev.weir.routing.Answer;
import dev.weir.routing.RequestKind;
import dev.weir.routing.RouteQuery;
import java.util.Set;

/**
 * A method of the contract that is one question and one answer. Immutable.
 *
 * @param <Q> the request
 * @param <A> the response
 */
public interface Unary<Q extends Message, A extends Message> {

  /** What it is counted as. */
  Resource resource();

  RequestKind kind();

  /** The empty request, by which requests are read and their rules are found. */
  Q prototype();

  /**
   * What a request asks for. It was not validated: the query stands for what it says, whatever that
   * is. Costs about a microsecond.
   */
  RouteQuery query(Q request);

  /**
   * The response to a request.
   *
   * @param answer to {@link #query}
   * @param left what it does without
   */
  A response(Q request, Answer answer, Set<Step> left);

  /**
   * The response if there was no room for more than an estimate from straight lines.
   *
   * @throws IllegalStateException if there is no such thing
   */
  A estimate(double distanceMeters, long millis);
}
