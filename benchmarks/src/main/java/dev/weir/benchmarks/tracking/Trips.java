package dev.weir.benchmarks.tracking;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.benchmarks.load.LoadException;
import dev.weir.benchmarks.load.ServerProcess;
import dev.weir.v1.Geometry;
import dev.weir.v1.GetRouteRequest;
import dev.weir.v1.Location;
import dev.weir.v1.RoutingServiceGrpc.RoutingServiceBlockingStub;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** Trips that a server has a way for, drawn from a seed within the area it names. */
final class Trips {

  private static final int TRIES_PER_TRIP = 20;
  private static final double LEAST_METERS = 1_000;

  private Trips() {}

  static List<Trip> draw(
      InetSocketAddress http, RoutingServiceBlockingStub client, int count, long seed)
      throws IOException {
    JsonNode box = new ObjectMapper().readTree(ServerProcess.get(http, "/info")).get("bbox");
    SplittableRandom random = new SplittableRandom(seed);
    List<Trip> trips = new ArrayList<>();
    for (int tries = 0; trips.size() < count; tries++) {
      if (tries > count * TRIES_PER_TRIP) {
        throw new LoadException("there are hardly any ways on this map");
      }
      Trip trip = new Trip(place(box, random), place(box, random));
      if (meters(trip, client) >= LEAST_METERS) {
        trips.add(trip);
      }
    }
    return trips;
  }

  private static Location place(JsonNode box, SplittableRandom random) {
    return Location.newBuilder()
        .setLongitude(random.nextDouble(box.get(0).doubleValue(), box.get(2).doubleValue()))
        .setLatitude(random.nextDouble(box.get(1).doubleValue(), box.get(3).doubleValue()))
        .build();
  }

  /** Length of the way, 0 if there is none. */
  private static double meters(Trip trip, RoutingServiceBlockingStub client) {
    try {
      return client
          .withDeadlineAfter(10, TimeUnit.SECONDS)
          .getRoute(
              GetRouteRequest.newBuilder()
                  .setProfile("car")
                  .setOrigin(trip.from())
                  .setDestination(trip.to())
                  .setGeometry(Geometry.GEOMETRY_NONE)
                  .build())
          .getRoute()
          .getDistanceMeters();
    } catch (StatusRuntimeException none) {
      return 0;
    }
  }
}
