package dev.weir.benchmarks.tracking;

import com.google.protobuf.MessageLite;
import dev.weir.benchmarks.load.Remarks;
import dev.weir.benchmarks.load.http2.Grpc;
import dev.weir.benchmarks.load.http2.GrpcMessages;
import dev.weir.benchmarks.load.http2.GrpcRefusals;
import dev.weir.benchmarks.load.http2.Heard;
import dev.weir.benchmarks.load.http2.Link;
import dev.weir.benchmarks.riders.City;
import dev.weir.v1.Location;
import dev.weir.v1.Position;
import dev.weir.v1.RoutingServiceGrpc;
import dev.weir.v1.StartRide;
import dev.weir.v1.TrackRideRequest;
import dev.weir.v1.TrackRideResponse;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.List;

/**
 * One rider with a stream of its own: drives straight from start to destination, which is on its
 * route at some positions and off it at others. On the event loop.
 */
final class Ride implements Heard {
  private static final Http2Headers HEAD =
      Grpc.head(RoutingServiceGrpc.getTrackRideMethod().getFullMethodName(), List.of());
  private static final AsciiString STATUS = AsciiString.cached("grpc-status");
  private static final String OK = "0";

  /** Beyond what counts as being on the way. */
  private static final double ASIDE_DEGREES = 0.002;

  /** Nobody arrives, which would end the ride. */
  private static final double MOST_OF_THE_WAY = 0.9;

  private final City.Trip trip;
  private final Course course;
  private final Tally tally;
  private final GrpcRefusals refusals;
  private final Link link;
  private final GrpcMessages messages = new GrpcMessages(this::told);
  private long dueNanos;
  private long nowNanos;
  private int stream;
  private int step;
  private boolean routed;
  private boolean over;
  private String failure = "connection lost";

  /**
   * How rides drive.
   *
   * @param steps positions from start to destination
   * @param asideEvery so many positions it is aside for two in a row; 0 for never
   */
  record Course(int steps, int asideEvery) {}

  Ride(City.Trip trip, Course course, Tally tally, GrpcRefusals refusals, Link link) {
    this.trip = trip;
    this.course = course;
    this.tally = tally;
    this.refusals = refusals;
    this.link = link;
  }

  /**
   * Says where it goes, and where it is.
   *
   * @param due when it should, by {@link System#nanoTime}
   */
  void start(long due) {
    dueNanos = due;
    StartRide start =
        StartRide.newBuilder().setProfile("car").setDestination(location(trip.to())).build();
    ByteBuf first = buffer(TrackRideRequest.newBuilder().setStart(start).build());
    stream = link.open(HEAD, first, false, this);
    tell(trip.from().lat(), trip.from().lon());
  }

  /** Drives on and says where it is, unless it waits for its first route or is over. */
  void drive(long due) {
    if (over || !routed) {
      return;
    }
    dueNanos = due;
    step++;
    boolean aside = course.asideEvery() > 0 && step % course.asideEvery() < 2;
    double part = Math.min((double) step / course.steps(), MOST_OF_THE_WAY);
    tell(
        between(trip.from().lat(), trip.to().lat(), part) + (aside ? ASIDE_DEGREES : 0),
        between(trip.from().lon(), trip.to().lon(), part));
  }

  private static double between(double from, double to, double part) {
    return from + (to - from) * part;
  }

  private void tell(double latitude, double longitude) {
    tally.position(System.nanoTime() - dueNanos);
    Position position = Position.newBuilder().setLocation(location(latitude, longitude)).build();
    send(TrackRideRequest.newBuilder().setPosition(position).build());
  }

  private static Location location(City.Point point) {
    return location(point.lat(), point.lon());
  }

  private static Location location(double latitude, double longitude) {
    return Location.newBuilder().setLatitude(latitude).setLongitude(longitude).build();
  }

  private void send(MessageLite message) {
    if (!over) {
      link.send(stream, buffer(message), false);
    }
  }

  private static ByteBuf buffer(MessageLite message) {
    return Unpooled.wrappedBuffer(Grpc.frame(message));
  }

  /** Hangs up. */
  void leave() {
    if (!over) {
      over();
      link.leave(stream);
    }
  }

  private void over() {
    over = true;
    if (routed) {
      tally.over();
    }
  }

  @Override
  public void headers(Http2Headers headers, boolean last) {
    CharSequence status = headers.get(STATUS);
    if (status != null) {
      Remarks why = refusals.remarks(headers);
      boolean fine = OK.contentEquals(status);
      failure = fine ? "" : why.reason().isEmpty() ? "gRPC status " + status : why.reason();
    }
    if (last && !over) {
      link.leave(stream); // our half is still open
    }
  }

  @Override
  public void data(ByteBuf data, boolean last) {
    nowNanos = System.nanoTime();
    messages.feed(data);
  }

  /** A message is complete; of its fields, which are one of, there is the one. */
  private void told(int field) {
    switch (TrackRideResponse.EventCase.forNumber(field)) {
      case ROUTE -> route();
      case PROGRESS -> tally.progress();
      case NOTICE -> tally.notice();
      case END -> tally.end();
      case EVENT_NOT_SET -> {}
    }
  }

  private void route() {
    if (routed) {
      tally.otherRoute(nowNanos - dueNanos);
    } else if (!over) {
      routed = true;
      tally.firstRoute(nowNanos - dueNanos);
    }
  }

  @Override
  public void reset(long code) {
    failure = "reset with code " + code;
  }

  @Override
  public void closed() {
    if (!over) {
      over();
      if (!failure.isEmpty()) {
        tally.failed(failure);
      }
    }
  }
}
