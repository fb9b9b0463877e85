package dev.weir.proxy.transport.grpc;

import com.google.rpc.Status;
import dev.weir.proxy.path.Call;
import dev.weir.proxy.path.Caller;
import dev.weir.proxy.path.Deadline;
import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.proxy.path.Reply;
import dev.weir.proxy.path.ReplySink;
import dev.weir.proxy.path.Sketch;
import dev.weir.proxy.path.TransportObserver.Resource;
import dev.weir.proxy.transport.contract.Fault;
import dev.weir.proxy.transport.contract.Ride;
import dev.weir.proxy.transport.contract.Statuses;
import dev.weir.routing.MalformedQuery;
import dev.weir.routing.Paths;
import dev.weir.routing.RequestKind;
import dev.weir.routing.RouteQuery;
import dev.weir.v1.GetRouteRequest;
import dev.weir.v1.RideEndReason;
import dev.weir.v1.TrackRideRequest;
import dev.weir.v1.TrackRideResponse;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One ride. Positions come on the thread of the connection, routes on that of a worker, and its end
 * from a clock; whatever changes the ride or writes to the wire holds its lock, for microseconds.
 * Each route is a call to the gate like any other.
 */
final class RideCall extends ServerCall.Listener<TrackRideRequest> {

  private static final Refusal NO_PLACE = new Refusal(Reason.QUEUE_FULL, Duration.ofSeconds(10));
  private static final Refusal DRAINING = new Refusal(Reason.DRAINING, Duration.ofSeconds(1));

  private final ServerCall<TrackRideRequest, TrackRideResponse> call;
  private final Shared shared;
  private final Rides rides;
  private final String address;
  private final long arrivedNanos;
  private final OpenCalls.OpenCall open = OpenCalls.current();
  private volatile long heardNanos;
  private volatile boolean gone;

  // Under the lock.
  private @Nullable Caller caller;
  private @Nullable Ride ride;
  private boolean ended;
  private boolean headed;
  private long sentBytes;

  RideCall(ServerCall<TrackRideRequest, TrackRideResponse> call, Shared shared, Rides rides) {
    this.call = call;
    this.shared = shared;
    this.rides = rides;
    this.address = CallHead.address(call.getAttributes());
    this.arrivedNanos = shared.ticker().nanos();
    this.heardNanos = arrivedNanos;
  }

  /** Lets the ride begin, or refuses it by its head. */
  RideCall begin(Metadata head) {
    Caller by = CallHead.caller(head, address, call.getAttributes().get(Security.SUBJECT));
    if (by == null) {
      end(Trailers.of(CallHead.badPriority()), Fault.MALFORMED);
      return this;
    }
    Refusal refusal =
        rides.draining()
            ? DRAINING
            : shared
                .application()
                .screen(RequestKind.ROUTE, by, shared.timeLimit().nanos((Long) null));
    if (refusal == null && !rides.enter(this)) {
      shared.observer().refused(RequestKind.ROUTE, NO_PLACE.reason());
      refusal = NO_PLACE;
    }
    if (refusal != null) {
      refuse(refusal);
      return this;
    }
    synchronized (this) {
      caller = by;
    }
    call.request(1);
    return this;
  }

  long heardNanos() {
    return heardNanos;
  }

  @Override
  public void onMessage(TrackRideRequest message) {
    heardNanos = shared.ticker().nanos();
    GetRouteRequest ask;
    try {
      shared.rules().check(message);
      ask = taken(message);
    } catch (MalformedQuery mistake) {
      end(Statuses.invalid(mistake.problem()), Statuses.fault(mistake.problem()));
      return;
    }
    if (ask != null) {
      serve(ask);
    }
    call.request(1);
  }

  /** Returns the route to ask for, if any. */
  private synchronized @Nullable GetRouteRequest taken(TrackRideRequest message) {
    Ride known = ride;
    if (ended) {
      return null;
    }
    if (message.hasStart() == (known != null)) {
      end(
          Statuses.malformed("The first message is the start of the ride, and no other."),
          Fault.MALFORMED);
      return null;
    }
    if (known == null) {
      ride = new Ride(message.getStart());
      return null;
    }
    // Who does not read what it was told is told no more, and no route is looked for.
    if (!call.isReady() && !known.begins()) {
      return null;
    }
    Ride.Move move = known.at(message.getPosition(), nowMillis());
    if (move.tell() != null) {
      send(move.tell());
    }
    if (move.ended()) {
      complete();
    }
    return move.ask();
  }

  private long nowMillis() {
    return TimeUnit.NANOSECONDS.toMillis(shared.ticker().nanos());
  }

  private void serve(GetRouteRequest ask) {
    Caller by;
    synchronized (this) {
      by = caller;
    }
    if (by == null) {
      throw new IllegalStateException("a ride that was not let in");
    }
    RouteQuery.Route query = Ride.query(ask);
    long nowNanos = shared.ticker().nanos();
    Deadline deadline = Deadline.after(nowNanos, shared.timeLimit().nanos((Long) null));
    shared
        .application()
        .serve(
            new Call(
                by,
                Sketch.of(query),
                nowNanos,
                deadline,
                () -> {
                  shared.rules().check(ask);
                  return query;
                }),
            new Answered());
  }

  /** Takes the reply to a route that was asked for. */
  private final class Answered implements ReplySink {

    @Override
    public void reply(Reply reply) {
      take(reply);
    }

    @Override
    public boolean abandoned() {
      return gone;
    }
  }

  private synchronized void take(Reply reply) {
    Ride known = ride;
    if (known == null || ended) {
      return;
    }
    switch (reply) {
      case Reply.Routed(Paths paths, var left) -> send(known.found(paths, left, nowMillis()));
      case Reply.Routed other ->
          throw new IllegalStateException("no route: " + other.answer().getClass());
      case Reply.Estimated _ -> notNow(known, Exchange.NO_ROOM);
      case Reply.Refused(Refusal refusal) -> notNow(known, refusal);
      case Reply.Unreachable(var problem) ->
          none(known, Statuses.unreachable(problem), Fault.NO_ROUTE);
      case Reply.Invalid(var problem) ->
          none(known, Statuses.invalid(problem), Statuses.fault(problem));
      case Reply.Failed(String incident) -> none(known, Statuses.failed(incident), Fault.INTERNAL);
    }
  }

  private void notNow(Ride known, Refusal refusal) {
    if (known.begins()) {
      refuse(refusal);
    } else {
      send(known.refused(Fault.of(refusal.reason()), Ride.wait(refusal), nowMillis()));
    }
  }

  /** A ride that has a route keeps it. */
  private void none(Ride known, Status status, Fault fault) {
    if (known.begins()) {
      end(status, fault);
    } else {
      send(known.refused(fault, Duration.ofSeconds(10), nowMillis()));
    }
  }

  @Override
  public void onHalfClose() {
    complete();
  }

  @Override
  public void onCancel() {
    gone = true;
    rides.leave(this);
  }

  @Override
  public void onComplete() {
    gone = true;
    rides.leave(this);
  }

  /** Ends the ride with its reason. */
  synchronized void end(RideEndReason reason) {
    if (!ended) {
      send(Ride.end(reason));
      complete();
    }
  }

  private void send(TrackRideResponse response) {
    if (gone) {
      return;
    }
    if (!headed) {
      headed = true;
      call.sendHeaders(new Metadata());
    }
    sentBytes += response.getSerializedSize();
    call.sendMessage(response);
  }

  private synchronized void complete() {
    if (!ended) {
      finish(200, io.grpc.Status.OK, new Metadata());
    }
  }

  private void refuse(Refusal refusal) {
    end(shared.trailers().of(refusal), Fault.of(refusal.reason()));
  }

  private void end(Status status, Fault fault) {
    end(Trailers.of(status), fault);
  }

  private synchronized void end(Trailers.Ending ending, Fault fault) {
    if (!ended) {
      finish(fault.httpStatus(), ending.status(), ending.metadata());
    }
  }

  private void finish(int httpStatus, io.grpc.Status status, Metadata trailers) {
    ended = true;
    rides.leave(this);
    shared
        .observer()
        .answered(
            Resource.TRACK_RIDE,
            "gRPC",
            httpStatus,
            sentBytes,
            shared.ticker().nanos() - arrivedNanos,
            address);
    if (!gone) {
      open.endBy(shared.ticker().nanos());
      shared.load().addTo(trailers);
      call.close(status, trailers);
    }
  }
}
