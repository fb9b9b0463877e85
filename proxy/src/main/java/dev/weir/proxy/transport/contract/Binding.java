package dev.weir.proxy.transport.contract;

import com.google.protobuf.Message;
import dev.weir.routing.MalformedQuery;

/**
 * A method of the contract as one request calls it: where its fields are, and how its response is
 * to be written. Immutable.
 *
 * @param <Q> the request
 * @param <A> the response
 */
public interface Binding<Q extends Message, A extends Message> {

  /** The method that is called. */
  Method<Q, A> method();

  /** How the response is written. */
  Codec codec();

  /**
   * Reads the request.
   *
   * @param query of the path; raw, without question mark
   * @param document the body, empty if there is none
   * @throws MalformedQuery if it cannot be read; its fields were not checked by their rules
   */
  Q read(String query, byte[] document) throws MalformedQuery;
}
