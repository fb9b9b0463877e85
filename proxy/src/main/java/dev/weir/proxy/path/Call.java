package dev.weir.proxy.path;

import dev.weir.routing.MalformedQuery;
import dev.weir.routing.RequestKind;
import dev.weir.routing.RouteQuery;

/**
 * A request as a transport hands it over, before anything in it but its head was read.
 *
 * @param kind known from the head
 * @param caller who asks, as far as the transport knows: the peer's address
 * @param arrivedNanos when its head was complete
 * @param deadline from the head; the query may ask for a sooner one
 * @param query the query, not yet read
 */
public record Call(
    RequestKind kind, String caller, long arrivedNanos, Deadline deadline, QuerySource query) {

  /** A query that is read when, and only if, a worker gets to it. */
  @FunctionalInterface
  public interface QuerySource {

    /** Called at most once, on a worker; may cost CPU in proportion to the size of the request. */
    RouteQuery read() throws MalformedQuery;
  }
}
