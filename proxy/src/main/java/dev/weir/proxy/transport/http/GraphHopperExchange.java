package dev.weir.proxy.transport.http;

import dev.weir.proxy.path.Call;
import dev.weir.proxy.path.Caller;
import dev.weir.proxy.path.Deadline;
import dev.weir.proxy.path.Reply;
import dev.weir.proxy.path.Traits;
import dev.weir.routing.MalformedQuery;
import dev.weir.routing.RequestKind;
import dev.weir.routing.RouteQuery;
import org.jspecify.annotations.Nullable;

/** A request in GraphHopper's words. Thread-safe. */
final class GraphHopperExchange extends Exchange implements Call.QuerySource {

  private final byte @Nullable [] body;

  GraphHopperExchange(Carrier carrier, Shared shared, RequestHead head, byte @Nullable [] body) {
    super(carrier, shared, head);
    this.body = body;
  }

  @Override
  Call call(RequestKind kind, Caller caller, Deadline deadline) {
    Traits traits =
        body == null
            ? QueryGlance.of(kind, head().query())
            : BodyGlance.of(body, head().gzippedBody());
    return new Call(head().trace(), caller, traits, head().arrivedNanos(), deadline, this);
  }

  @Override
  public RouteQuery read() throws MalformedQuery {
    if (body != null) {
      return shared()
          .engine()
          .readRoute(
              head().gzippedBody()
                  ? Inflation.inflate(body, shared().settings().maxInflatedBytes())
                  : body);
    }
    Parameters parameters = new Parameters(head().query());
    return switch (head().endpoint()) {
      case ROUTE -> RouteParameters.read(parameters);
      case ISOCHRONE -> ReachParameters.isochrone(parameters);
      case SPT -> ReachParameters.tree(parameters);
      case NEAREST -> NearestParameters.read(parameters);
      case INFO, HEALTH, I18N, OPENAPI, DOCS, MAPS, CONTRACT, CONNECT, NOT_OFFERED, UNKNOWN ->
          throw new IllegalStateException(head().endpoint() + " is not computed");
    };
  }

  @Override
  Encoded encode(Reply reply, Envelope envelope) {
    return shared().encoder().encode(reply, envelope);
  }
}
