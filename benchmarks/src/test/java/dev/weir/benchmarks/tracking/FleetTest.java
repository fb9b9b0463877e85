package dev.weir.benchmarks.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.benchmarks.load.ConnectionPool;
import dev.weir.benchmarks.load.Rig;
import dev.weir.benchmarks.load.http2.Links;
import dev.weir.benchmarks.load.http2.TinyGrpc;
import dev.weir.benchmarks.riders.City;
import dev.weir.v1.RideEnd;
import dev.weir.v1.RideProgress;
import dev.weir.v1.RideRoute;
import dev.weir.v1.TrackRideRequest;
import dev.weir.v1.TrackRideResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against a server of gRPC's own. Bounds on times hold however slow the machine is. */
final class FleetTest {
  private static final int RIDES = 20;
  private static final City.Trip TRIP =
      new City.Trip(new City.Point(49.1, 8.1), new City.Point(49.2, 8.2));
  private static final TrackRideResponse ROUTE =
      TrackRideResponse.newBuilder()
          .setRoute(RideRoute.newBuilder().setRoute(TinyGrpc.ROUTE))
          .build();

  private final Rig rig = new Rig(1);
  private final AtomicInteger starts = new AtomicInteger();
  private final AtomicInteger positions = new AtomicInteger();
  private final CountDownLatch left = new CountDownLatch(RIDES);

  @AfterEach
  void stop() {
    rig.close();
  }

  /** What a server does with a ride. */
  private interface Behaviour {
    void position(int count, StreamObserver<TrackRideResponse> to);
  }

  private Tally ride(Behaviour behaviour) throws Exception {
    Tally tally = new Tally();
    Fleet.Plan plan =
        new Fleet.Plan(
            RIDES,
            200,
            Duration.ofMillis(20),
            Duration.ZERO,
            Duration.ofSeconds(4),
            new Ride.Course(10, 4),
            1);
    try (TinyGrpc server = new TinyGrpc(new Following(behaviour))) {
      ConnectionPool<Fleet.Berth> berths =
          rig.open(server.address(), 2, Links.of(RIDES / 2, (pool, link) -> new Fleet.Berth(link)));
      new Fleet(rig.generator(), berths, plan, List.of(TRIP), tally)
          .run()
          .get(60, TimeUnit.SECONDS);
      assertTrue(left.await(30, TimeUnit.SECONDS));
      rig.close(berths);
    }
    return tally;
  }

  private final class Following extends TinyGrpc.Routes {
    private final Behaviour behaviour;

    private Following(Behaviour behaviour) {
      this.behaviour = behaviour;
    }

    @Override
    public StreamObserver<TrackRideRequest> trackRide(StreamObserver<TrackRideResponse> to) {
      return new StreamObserver<>() {
        private int count;

        @Override
        public void onNext(TrackRideRequest request) {
          if (request.hasStart()) {
            starts.incrementAndGet();
          } else {
            positions.incrementAndGet();
            behaviour.position(++count, to);
          }
        }

        @Override
        public void onError(Throwable fault) {
          left.countDown();
        }

        @Override
        public void onCompleted() {
          left.countDown();
        }
      };
    }
  }

  @Test
  void ridesSayWhereTheyAreUntilTheyHangUp() throws Exception {
    Tally tally =
        ride(
            (count, to) ->
                to.onNext(
                    count % 4 == 1
                        ? ROUTE
                        : TrackRideResponse.newBuilder()
                            .setProgress(RideProgress.getDefaultInstance())
                            .build()));
    assertEquals(RIDES, starts.get());
    assertEquals(RIDES, tally.firstRoutes().recorded());
    assertEquals(tally.counts().positions(), tally.lag().recorded());
    assertTrue(positions.get() > 2 * RIDES, () -> positions + " positions");
    assertTrue(tally.counts().routes() > 0);
    assertTrue(tally.counts().progress() > 0);
    assertEquals(0, tally.counts().underWay());
    assertEquals(Map.of(), tally.failures());
  }

  @Test
  void aRideWithoutARouteWaitsForIt() throws Exception {
    Tally tally = ride((count, to) -> {});
    assertEquals(RIDES, positions.get());
    assertEquals(0, tally.firstRoutes().recorded());
  }

  @Test
  void refusalsAreCountedByReason() throws Exception {
    for (int i = 0; i < RIDES; i++) {
      left.countDown(); // the server itself ends them
    }
    Tally tally = ride((count, to) -> to.onError(Status.RESOURCE_EXHAUSTED.asException()));
    assertEquals(Map.of("gRPC status 8", (long) RIDES), tally.failures());
    assertEquals(0, tally.counts().underWay());
  }

  @Test
  void whatTheServerEndsIsNoFailure() throws Exception {
    for (int i = 0; i < RIDES; i++) {
      left.countDown();
    }
    Tally tally =
        ride(
            (count, to) -> {
              to.onNext(
                  TrackRideResponse.newBuilder().setEnd(RideEnd.getDefaultInstance()).build());
              to.onCompleted();
            });
    assertEquals(RIDES, tally.counts().ends());
    assertEquals(Map.of(), tally.failures());
  }
}
