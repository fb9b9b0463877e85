package dev.weir.proxy.classify;

import dev.weir.proxy.classify.CostCells.Cell;
import dev.weir.proxy.classify.Work.Mode;

/**
 * What calls cost before any was measured: formulas in the spirit of "a microsecond per visited
 * node". They need be right to an order of magnitude only, since calls soon tell; their *shape*
 * matters longer, because what is learned of one distance is carried to others along it.
 *
 * <p>Where the numbers come from: GraphHopper's issues 506 (nodes visited on the map of Saxony),
 * 2566 and 2973 (alternatives are 60 to 70 times a plain route on large maps, and some 4 times on a
 * city), pull request 780 (landmarks visit a twelfth); a city map measured here.
 */
final class CostPriors {

  /** GraphHopper makes a round trip over two further places. */
  static final int ROUND_TRIP_LEGS = 3;

  private static final double NANOS_PER_NODE = 1_000;

  /** Bidirectional A* sees this part of the square over the beeline. */
  private static final double PART_OF_SQUARE = 0.15;

  private static final double HYBRID_PART = 1 / 12.0;

  /** Nodes on a way of one kilometer, whatever is searched. */
  private static final double NODES_PER_KM = 10;

  /** Looking up the places, and maps that are made for every search. */
  private static final double FIXED_NANOS = 100_000;

  private static final double FLEXIBLE_NANOS = 300_000;
  private static final double SPEED_NANOS_PER_DOUBLING = 20_000;

  private static final double FULL_NANOS_PER_KM = 25_000;
  private static final double BARE_NANOS_PER_KM = 8_000;
  private static final double TURN_COSTS_FACTOR = 2.5;

  /** A custom model adds a look at its rules to every edge. */
  private static final double MODEL_FACTOR = 1.5;

  private static final double COMPILING_NANOS = 10_000_000;
  private static final double ALTERNATIVES_FACTOR = 4;
  private static final double ALTERNATIVES_METERS = 10_000;
  private static final double ALTERNATIVES_GROWTH = 0.75;

  /** Triangulating and drawing costs much more than reaching. */
  private static final double FINE_BORDER_NANOS_PER_NODE = 14_000;

  private static final double COARSE_BORDER_NANOS_PER_NODE = 5_000;
  private static final double ROW_NANOS_PER_NODE = 3_000;
  private static final double NEAREST_NANOS = 60_000;

  private CostPriors() {}

  /**
   * @param nodes of the whole map, more than which no search visits
   */
  static double nanos(Cell cell, int nodes) {
    return switch (cell.work()) {
      case ROUTE, MATRIX ->
          route(cell, nodes, Math.scalb(Math.sqrt(2), cell.legs()) / Math.sqrt(2));
      case ROUND_TRIP -> route(cell, nodes, ROUND_TRIP_LEGS);
      case ALTERNATIVES -> {
        double growth =
            Math.pow(Math.max(1, cell.meters() / ALTERNATIVES_METERS), ALTERNATIVES_GROWTH);
        yield route(cell, nodes, 1) * ALTERNATIVES_FACTOR * growth * (0.5 + cell.legs() / 2.0);
      }
      case ISOCHRONE ->
          reach(
              cell,
              nodes,
              cell.fullOutput() ? FINE_BORDER_NANOS_PER_NODE : COARSE_BORDER_NANOS_PER_NODE);
      case SPT -> reach(cell, nodes, ROW_NANOS_PER_NODE);
      case NEAREST -> NEAREST_NANOS;
    };
  }

  private static double route(Cell cell, int nodes, double legs) {
    double km = cell.meters() / 1_000;
    double output = km * (cell.fullOutput() ? FULL_NANOS_PER_KM : BARE_NANOS_PER_KM);
    double search =
        cell.mode() == Mode.SPEED
            ? SPEED_NANOS_PER_DOUBLING * Math.log(2 + cell.meters() / 100) / Math.log(2)
            : FLEXIBLE_NANOS + visited(cell, nodes, km) * NANOS_PER_NODE;
    double factor = cell.turnCosts() ? TURN_COSTS_FACTOR : 1;
    double compiling = cell.model() == ModelMemory.NEW ? COMPILING_NANOS : 0;
    factor *= cell.model() == ModelMemory.NONE ? 1 : MODEL_FACTOR;
    return FIXED_NANOS + compiling + legs * (search * factor + output);
  }

  private static double visited(Cell cell, int nodes, double km) {
    double square = PART_OF_SQUARE * cell.nodesPerSquareKm() * km * km;
    double visited = cell.mode() == Mode.HYBRID ? square * HYBRID_PART : square;
    return Math.min(Math.max(visited, km * NODES_PER_KM), nodes);
  }

  private static double reach(Cell cell, int nodes, double nanosPerNode) {
    double km = cell.meters() / 1_000;
    double reached = Math.min(Math.PI * km * km * cell.nodesPerSquareKm(), nodes);
    double factor = cell.turnCosts() ? TURN_COSTS_FACTOR : 1;
    return FIXED_NANOS + reached * nanosPerNode * factor;
  }
}
