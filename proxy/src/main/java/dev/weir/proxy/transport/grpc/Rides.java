package dev.weir.proxy.transport.grpc;

import dev.weir.v1.RideEndReason;
import dev.weir.v1.TrackRideRequest;
import dev.weir.v1.TrackRideResponse;
import io.grpc.MethodDescriptor;
import io.grpc.ServerMethodDefinition;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The rides that are followed. Thread-safe. */
final class Rides {

  private final int most;
  private final long silenceNanos;
  private final Set<RideCall> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger count = new AtomicInteger();
  private volatile boolean draining;

  /**
   * @param most at a time
   * @param silence after which a ride of which nothing is heard ends
   */
  Rides(int most, Duration silence) {
    this.most = most;
    this.silenceNanos = silence.toNanos();
  }

  ServerMethodDefinition<TrackRideRequest, TrackRideResponse> method(
      MethodDescriptor<TrackRideRequest, TrackRideResponse> descriptor, Shared shared) {
    return ServerMethodDefinition.create(
        descriptor,
        (call, head) -> {
          RideCall ride = new RideCall(call, shared, this, CallHead.arrival(call, head, shared));
          return Recovery.around(ride, () -> ride.begin(head), ride::failed);
        });
  }

  /** Takes a place, if there is one. */
  boolean enter(RideCall ride) {
    if (count.incrementAndGet() > most || draining) {
      count.decrementAndGet();
      return false;
    }
    open.add(ride);
    return true;
  }

  /** Gives the place back, once. */
  void leave(RideCall ride) {
    if (open.remove(ride)) {
      count.decrementAndGet();
    }
  }

  boolean draining() {
    return draining;
  }

  int count() {
    return count.get();
  }

  /** Ends the rides of which nothing is heard. */
  void sweep(long nowNanos) {
    for (RideCall ride : open) {
      if (nowNanos - ride.heardNanos() > silenceNanos) {
        ride.end(RideEndReason.RIDE_END_REASON_SILENT);
      }
    }
  }

  /** Ends all of them, and lets no more in. */
  void drain() {
    draining = true;
    for (RideCall ride : open) {
      ride.end(RideEndReason.RIDE_END_REASON_DRAINING);
    }
  }
}
