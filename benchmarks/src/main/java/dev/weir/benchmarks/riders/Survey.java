package dev.weir.benchmarks.riders;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.benchmarks.load.LoadException;
import dev.weir.benchmarks.load.Requests.Area;
import dev.weir.benchmarks.load.ServerProcess;
import dev.weir.benchmarks.riders.City.Point;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Learns from a server where its roads are. Blocks. */
final class Survey {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SPOTS = 12;
  private static final int TRIES = 40 * SPOTS;

  /** A spot farther than this from any road is in a wood or in the sea. */
  private static final double NEAR_METRES = 150;

  /** Of a trip in a large city; small maps have shorter ones. */
  private static final double USUAL_TRIP_KM = 4;

  private static final double TRIP_OF_DIAGONAL = 0.25;

  private Survey() {}

  /**
   * The city that a server covers, with hot spots on real roads.
   *
   * @throws IOException if it does not answer
   * @throws LoadException if it has no roads where it says that it has
   */
  static City of(InetSocketAddress server, long seed) throws IOException {
    Area area = Area.of(ServerProcess.get(server, "/info"));
    SplittableRandom random = new SplittableRandom(seed);
    List<Point> spots = new ArrayList<>();
    for (int i = 0; i < TRIES && spots.size() < SPOTS; i++) {
      JsonNode nearest = nearest(server, City.anywhere(area, random));
      JsonNode place = nearest.path("coordinates");
      if (place.size() >= 2 && nearest.path("distance").asDouble() <= NEAR_METRES) {
        spots.add(new Point(place.get(1).asDouble(), place.get(0).asDouble()));
      }
    }
    if (spots.isEmpty()) {
      throw new LoadException("the server knows no roads in the area that GET /info names");
    }
    double medianKm = Math.min(USUAL_TRIP_KM, TRIP_OF_DIAGONAL * City.diagonalKm(area));
    return new City(area, spots, medianKm);
  }

  /** What is near; missing if nothing is. */
  private static JsonNode nearest(InetSocketAddress server, Point point) {
    try {
      return JSON.readTree(ServerProcess.get(server, "/nearest?point=" + point.text()));
    } catch (IOException e) {
      return JSON.missingNode(); // GraphHopper answers 400 where there is no road
    }
  }
}
