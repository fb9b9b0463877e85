package dev.weir.proxy.path;

import dev.weir.routing.MalformedQuery;
import dev.weir.routing.RequestKind;
import dev.weir.routing.RouteQuery;

/**
 * A request as a transport hands it over: its query was glanced at and not read.
 *
 * @param trace what it is called
 * @param caller who asks, as far as the transport knows
 * @param traits what the request says of the work it asks for
 * @param arrivedNanos when its head was complete
 * @param deadline from the head; the query may ask for a sooner one
 * @param query the query, not yet read
 */
public record Call(
    Trace trace,
    Caller caller,
    Traits traits,
    long arrivedNanos,
    Deadline deadline,
    QuerySource query) {

  public RequestKind kind() {
    return traits.kind();
  }

  /** A query that is read when, and only if, a worker gets to it. */
  @FunctionalInterface
  public interface QuerySource {

    /** Called at most once, on a worker; may cost CPU in proportion to the size of the request. */
    RouteQuery read() throws MalformedQuery;
  }
}
