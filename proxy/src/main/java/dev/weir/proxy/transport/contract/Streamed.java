package dev.weir.proxy.transport.contract;

import com.google.protobuf.Message;
import dev.weir.proxy.path.Step;
import dev.weir.routing.Answer;
import dev.weir.routing.RequestKind;
import dev.weir.routing.RouteQuery;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A method of the contract with one question and several answers, which are computed one after the
 * other: each is a call of its own to the gate, so that nobody gets more by asking for it at once.
 * Immutable.
 *
 * @param <Q> the request
 * @param <A> a response
 */
public interface Streamed<Q extends Message, A extends Message> extends Method<Q, A> {

  @Override
  RequestKind kind();

  /** What one answer is, in a word, where each is told as an event. */
  String event();

  /**
   * What is to be asked, in this order: once at least. The request was not validated; the first
   * turn is asked before it is. Costs microseconds per turn.
   */
  List<Turn<A>> turns(Q request);

  /**
   * One question of several.
   *
   * @param optional that there is no answer to it does not end the stream
   */
  record Turn<A>(RouteQuery query, boolean optional, Responses<A> responses) {}

  /** From an answer to what is sent of it. */
  @FunctionalInterface
  interface Responses<A> {

    /**
     * @param left what the answer does without
     * @return {@code null} if the answer is not worth having without that
     */
    @Nullable List<A> of(Answer answer, Set<Step> left);
  }
}
