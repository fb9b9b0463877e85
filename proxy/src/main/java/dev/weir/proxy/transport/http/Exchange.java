package dev.weir.proxy.transport.http;

import dev.weir.proxy.path.Call;
import dev.weir.proxy.path.Caller;
import dev.weir.proxy.path.Deadline;
import dev.weir.proxy.path.Reply;
import dev.weir.proxy.path.ReplySink;
import dev.weir.proxy.path.Traits;
import dev.weir.routing.MalformedQuery;
import dev.weir.routing.RequestKind;
import dev.weir.routing.RouteQuery;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One request in the hands of the application: its query, to be read by a worker, and the way back.
 * Thread-safe. Crosses from the worker to the event loop in {@link #reply}: there the answer is
 * encoded, and handed over as bytes.
 */
final class Exchange implements ReplySink, Call.QuerySource {

  private final Connection connection;
  private final Shared shared;
  private final RequestHead head;
  private final byte @Nullable [] body;
  private final AtomicBoolean replied = new AtomicBoolean();
  private volatile boolean gone;

  /**
   * @param body of a POST, as sent
   */
  Exchange(Connection connection, Shared shared, RequestHead head, byte @Nullable [] body) {
    this.connection = connection;
    this.shared = shared;
    this.head = head;
    this.body = body;
  }

  Call call(RequestKind kind, Caller caller, Deadline deadline) {
    Traits traits =
        body == null ? QueryGlance.of(kind, head.query()) : BodyGlance.of(body, head.gzippedBody());
    return new Call(caller, traits, head.arrivedNanos(), deadline, this);
  }

  @Override
  public RouteQuery read() throws MalformedQuery {
    if (body != null) {
      return shared
          .engine()
          .readRoute(
              head.gzippedBody()
                  ? Inflation.inflate(body, shared.settings().maxInflatedBytes())
                  : body);
    }
    Parameters parameters = new Parameters(head.query());
    return switch (head.endpoint()) {
      case ROUTE -> RouteParameters.read(parameters);
      case ISOCHRONE -> ReachParameters.isochrone(parameters);
      case SPT -> ReachParameters.tree(parameters);
      case NEAREST -> NearestParameters.read(parameters);
      case INFO, HEALTH, I18N, NOT_OFFERED, UNKNOWN ->
          throw new IllegalStateException(head.endpoint() + " is not computed");
    };
  }

  @Override
  public void reply(Reply reply) {
    if (!replied.compareAndSet(false, true) || gone) {
      return;
    }
    boolean keepAlive = head.keepAlive() && !shared.draining();
    connection.handOver(
        this, shared.encoder().encode(reply, head, keepAlive, connection.allocator()));
  }

  @Override
  public boolean abandoned() {
    return gone;
  }

  /** Called when the caller went away. */
  void abandon() {
    gone = true;
  }
}
