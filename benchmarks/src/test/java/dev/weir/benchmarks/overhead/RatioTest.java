package dev.weir.benchmarks.overhead;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.benchmarks.load.Comparison.Spread;
import dev.weir.routing.Coordinate;
import dev.weir.v1.GetRouteRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RatioTest {

  private static Lap lap(Way way, int round, double perSecond, double cpuMicros) {
    return new Lap(way, round, 1_000, 0, perSecond, cpuMicros, 100, 0, 0);
  }

  @Test
  void ratiosAreTakenWithinARound() {
    List<Ratio> ratios =
        Ratio.of(
            List.of(
                lap(Way.ENGINE, 1, 1_000, 1_000),
                lap(Way.GRPC, 1, 800, 1_200),
                lap(Way.GRPC, 2, 400, 2_200),
                lap(Way.ENGINE, 2, 500, 2_000)));
    assertEquals(
        List.of(
            new Ratio(
                Way.GRPC,
                Way.ENGINE,
                new Spread(2, 1.15, 1.1, 1.2),
                new Spread(2, 1.25, 1.25, 1.25))),
        ratios);
  }

  @Test
  void whatTracesCostIsOverTheSameWithoutThem() {
    List<Ratio> ratios =
        Ratio.of(
            List.of(
                lap(Way.ENGINE, 1, 2_000, 500),
                lap(Way.REST, 1, 1_000, 1_000),
                lap(Way.TRACED, 1, 800, 1_250)));
    Ratio traced = ratios.getLast();
    assertEquals(
        new Ratio(Way.TRACED, Way.REST, new Spread(1, 1.25, 1.25, 1.25), traced.throughput()),
        traced);
    assertEquals(1.25, traced.throughput().median());
  }

  @Test
  void questionsLoseNothingOnTheirWayToTheOtherProcess() {
    GetRouteRequest question =
        Way.request(List.of(new Coordinate(41.1 / 3, -8.6 / 7), new Coordinate(1e-5, 180.0)));
    assertEquals(question, Way.request(Way.line(question)));
  }

  @Test
  void everyWayAsksForTheSame() {
    GetRouteRequest question =
        Way.request(List.of(new Coordinate(41.25, -8.5), new Coordinate(41.5, -8.75)));
    assertEquals(
        "/route?profile=car&locale=en&instructions=true&point=41.25,-8.5&point=41.5,-8.75",
        Way.graphHopper(question).target());
    assertEquals(
        "/v1/profiles/car/route?locale=en&instructions=true&origin.latitude=41.25"
            + "&origin.longitude=-8.5&destination.latitude=41.5&destination.longitude=-8.75",
        Way.rest(question).target());
    assertEquals(Way.rest(question).target(), Way.traced(question).target());
    assertEquals(question, Way.grpc(question).request());
  }
}
