package dev.weir.routing.graphhopper;

import com.graphhopper.storage.BaseGraph;
import com.graphhopper.storage.NodeAccess;
import com.graphhopper.util.shapes.BBox;

/** How densely the road network lies where, counted once over a grid. Immutable. */
final class NodeGrid {

  /** To a side; 256 KiB of counts at most. */
  private static final int MOST_CELLS = 256;

  private static final double LEAST_CELL_KM = 1;

  /** Cells around a place that count with its own: searches leave a place within minutes. */
  private static final int AROUND = 2;

  private static final double KM_PER_DEGREE = 111.2;

  private final double south;
  private final double west;
  private final double rowDegrees;
  private final double columnDegrees;
  private final int rows;
  private final int columns;
  private final int nodes;
  private final int[] perSquareKm;

  private NodeGrid(BBox bounds, int nodes) {
    this.nodes = nodes;
    double kmPerDegreeEast =
        KM_PER_DEGREE * Math.cos(Math.toRadians((bounds.minLat + bounds.maxLat) / 2));
    double height = Math.max(0, bounds.maxLat - bounds.minLat);
    double width = Math.max(0, bounds.maxLon - bounds.minLon);
    south = bounds.minLat;
    west = bounds.minLon;
    rows = cells(height * KM_PER_DEGREE);
    columns = cells(width * kmPerDegreeEast);
    rowDegrees = Math.max(height / rows, LEAST_CELL_KM / KM_PER_DEGREE);
    columnDegrees = Math.max(width / columns, LEAST_CELL_KM / kmPerDegreeEast);
    perSquareKm = new int[rows * columns];
  }

  private static int cells(double km) {
    return (int) Math.clamp(km / LEAST_CELL_KM, 1, MOST_CELLS);
  }

  static NodeGrid of(BaseGraph graph) {
    NodeGrid grid = new NodeGrid(graph.getBounds(), graph.getNodes());
    NodeAccess nodes = graph.getNodeAccess();
    for (int node = 0; node < grid.nodes; node++) {
      int cell = grid.cell(nodes.getLat(node), nodes.getLon(node));
      if (cell >= 0) {
        grid.perSquareKm[cell]++;
      }
    }
    grid.smooth();
    return grid;
  }

  /** From counts to densities; beyond the border there is nothing, as searches will find. */
  private void smooth() {
    int[] counts = perSquareKm.clone();
    for (int row = 0; row < rows; row++) {
      double middle = Math.toRadians(south + (row + 0.5) * rowDegrees);
      double area = rowDegrees * columnDegrees * KM_PER_DEGREE * KM_PER_DEGREE * Math.cos(middle);
      for (int column = 0; column < columns; column++) {
        double cells = (2 * AROUND + 1) * (2 * AROUND + 1);
        perSquareKm[row * columns + column] =
            (int) Math.ceil(around(counts, row, column) / (cells * area));
      }
    }
  }

  private int around(int[] counts, int row, int column) {
    int sum = 0;
    for (int r = Math.max(0, row - AROUND); r <= Math.min(rows - 1, row + AROUND); r++) {
      int last = Math.min(columns - 1, column + AROUND);
      for (int c = Math.max(0, column - AROUND); c <= last; c++) {
        sum += counts[r * columns + c];
      }
    }
    return sum;
  }

  /** The cell of a place, -1 outside of the map. */
  private int cell(double latitude, double longitude) {
    double row = (latitude - south) / rowDegrees;
    double column = (longitude - west) / columnDegrees;
    if (!(row >= 0 && row <= rows && column >= 0 && column <= columns)) {
      return -1;
    }
    return Math.min((int) row, rows - 1) * columns + Math.min((int) column, columns - 1);
  }

  /** All of them. */
  int nodes() {
    return nodes;
  }

  int perSquareKm(double latitude, double longitude) {
    int cell = cell(latitude, longitude);
    return cell < 0 ? 0 : perSquareKm[cell];
  }
}
