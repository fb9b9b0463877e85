package dev.weir.proxy.transport.grpc;

import com.google.rpc.Status;
import dev.weir.proxy.path.Answered;
import dev.weir.proxy.path.Call;
import dev.weir.proxy.path.Caller;
import dev.weir.proxy.path.Deadline;
import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.proxy.path.Reply;
import dev.weir.proxy.path.ReplySink;
import dev.weir.proxy.path.Sketch;
import dev.weir.proxy.path.Spent;
import dev.weir.proxy.path.Times;
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
  private final Arrival arrival;
  private final OpenCalls.OpenCall open = OpenCalls.current();
  private volatile long heardNanos;
  private volatile boolean gone;

  // Under the lock.
  private @Nullable Caller caller;
  private long knownNanos;
  private @Nullable Spent spent;
  private @Nullable Ride ride;
  private boolean ended;
  private boolean headed;
  private long sentBytes;

  RideCall(
      ServerCall<TrackRideRequest, TrackRideResponse> call,
      Shared shared,
      Rides rides,
      Arrival arrival) {
    this.call = call;
    this.shared = shared;
    this.rides = rides;
    this.arrival = arrival;
    this.heardNanos = arrival.nanos();
    this.knownNanos = arrival.nanos();
  }

  /** Lets the ride begin, or refuses it by its head. */
  void begin(Metadata head) {
    Caller by = CallHead.caller(head, arrival, call.getAttributes());
    if (by == null) {
      end(Trailers.of(CallHead.badPriority()), Fault.MALFORMED, null);
      return;
    }
    Caller known =
        shared
            .application()
            .recognize(by, later -> Recovery.attempt(() -> let(later), this::failed));
    if (known != null) {
      let(known);
    }
  }

  private void let(Caller by) {
    synchronized (this) {
      caller = by;
      knownNanos = shared.traces().now(shared.ticker(), knownNanos);
    }
    Refusal refusal =
        shared.application().screen(RequestKind.ROUTE, by, shared.timeLimit().nanos((Long) null));
    if (refusal == null) {
      refusal = place();
    }
    if (refusal != null) {
      refuse(refusal);
    } else if (gone) {
      rides.leave(this); // while it was found out whose it is
    } else {
      call.request(1);
    }
  }

  /** Takes a place, or says why there is none. */
  private @Nullable Refusal place() {
    if (rides.draining()) {
      return DRAINING;
    }
    if (rides.enter(this)) {
      return null;
    }
    shared.observer().refused(RequestKind.ROUTE, NO_PLACE.reason());
    return NO_PLACE;
  }

  long heardNanos() {
    return heardNanos;
  }

  /**
   * @param message {@code null} if it cannot be read
   */
  @Override
  public void onMessage(@Nullable TrackRideRequest message) {
    heardNanos = shared.ticker().nanos();
    if (message == null) {
      end(CallHead.unreadable(), Fault.MALFORMED);
      return;
    }
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
                arrival.trace(),
                by,
                Sketch.of(query),
                nowNanos,
                deadline,
                () -> {
                  shared.rules().check(ask);
                  return query;
                }),
            new Replies());
  }

  /** Takes the reply to a route that was asked for. */
  private final class Replies implements ReplySink {

    @Override
    public void spent(Spent on) {
      spend(on);
    }

    @Override
    public void reply(Reply reply) {
      try {
        take(reply);
      } catch (RuntimeException | Error fault) {
        failed(fault);
      }
    }

    @Override
    public boolean abandoned() {
      return gone;
    }
  }

  private synchronized void spend(Spent on) {
    spent = spent == null ? on : spent.plus(on);
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
      finish(200, null, io.grpc.Status.OK, new Metadata());
    }
  }

  private void refuse(Refusal refusal) {
    end(shared.trailers().of(refusal), Fault.of(refusal.reason()), refusal.reason());
  }

  private void end(Status status, Fault fault) {
    end(Trailers.of(status), fault, null);
  }

  /** Ends the ride after a fault of ours, which is told of. */
  void failed(Throwable fault) {
    shared.observer().failed(Resource.TRACK_RIDE, arrival.trace(), fault);
    end(Statuses.failed(arrival.trace().requestId()), Fault.INTERNAL);
  }

  private synchronized void end(Trailers.Ending ending, Fault fault, @Nullable Reason reason) {
    if (!ended) {
      finish(fault.httpStatus(), reason, ending.status(), ending.metadata());
    }
  }

  private void finish(
      int httpStatus, @Nullable Reason reason, io.grpc.Status status, Metadata trailers) {
    ended = true;
    rides.leave(this);
    shared
        .observer()
        .answered(
            new Answered(
                arrival.trace(),
                Resource.TRACK_RIDE,
                "gRPC",
                httpStatus,
                reason,
                sentBytes,
                new Times(arrival.nanos(), knownNanos, knownNanos, shared.ticker().nanos()),
                spent,
                arrival.address(),
                CallHead.claimsMost(caller),
                () -> shared.identity(caller)));
    if (!gone) {
      open.endBy(shared.ticker().nanos());
      CallHead.name(trailers, arrival.trace());
      shared.load().addTo(trailers);
      if (caller != null) {
        QuotaTrailers.addTo(trailers, shared.application().standing(caller));
      }
      call.close(status, trailers);
    }
  }
}
