package dev.weir.benchmarks.city;

/**
 * The streets between arterial roads: a grid that is distorted, has gaps, and is served by alleys;
 * or nothing but a park.
 */
final class Quarters {

  /** How far a crossing may be from where a regular grid had it, in cells. */
  private static final double DISTORTION = 0.25;

  /** What part of the streets between two crossings is missing, in three kinds of quarters. */
  private static final double[] GAPS = {0.02, 0.09, 0.18};

  private static final int COLLECTOR_FROM_CUTS = 6;
  private static final int ISLAND_CUTS = 4;

  private final Network network;
  private final Layout layout;
  private final Arterials arterials;
  private final Dice dice;
  private final Dice places;
  private final Dice gaps;
  private final Details details;

  Quarters(Network network, Layout layout, Arterials arterials, Dice dice) {
    this.network = network;
    this.layout = layout;
    this.arterials = arterials;
    this.dice = dice.named("quarters");
    this.places = dice.named("places");
    this.gaps = dice.named("gaps");
    this.details = new Details(network, layout, dice);
  }

  /** The crossings of one quarter's streets, row by row; where it has none they are none. */
  private static final class Grid {

    final int a;
    final int b;
    final int cuts;
    final int[] nodes;
    final double[] u;
    final double[] v;

    Grid(int a, int b, int cuts) {
      int places = (cuts + 1) * (cuts + 1);
      this.a = a;
      this.b = b;
      this.cuts = cuts;
      this.nodes = new int[places];
      this.u = new double[places];
      this.v = new double[places];
    }

    int at(int i, int j) {
      return i * (cuts + 1) + j;
    }

    /** A number for each of its places, that no other quarter has. */
    long place(int i, int j) {
      return ((long) b << 16) + at(i, j);
    }
  }

  void lay() {
    int reach = layout.reach();
    for (int a = -reach; a < reach; a++) {
      for (int b = -reach; b < reach; b++) {
        if (layout.park(a, b)) {
          details.park(a, b);
        } else if (layout.inside(a, b)) {
          lay(new Grid(a, b, layout.cuts(a, b)), false);
        } else if (layout.island(a, b)) {
          lay(new Grid(a, b, ISLAND_CUTS), true);
        }
      }
    }
  }

  private void lay(Grid grid, boolean island) {
    boolean oneWays = !island && layout.oneWays(grid.a, grid.b);
    double missing = oneWays || island ? 0 : GAPS[dice.pick(GAPS.length, grid.a, grid.b)];
    for (int i = 0; i <= grid.cuts; i++) {
      for (int j = 0; j <= grid.cuts; j++) {
        place(grid, i, j, island);
      }
    }
    for (int line = 1; line < grid.cuts; line++) {
      Form form = island ? Form.ISLAND : oneWays ? Form.ONE_WAY : Form.PLAIN;
      street(grid, line, true, form, missing);
      street(grid, line, false, form, missing);
    }
  }

  private void place(Grid grid, int i, int j, boolean island) {
    int at = grid.at(i, j);
    int cuts = grid.cuts;
    boolean border = i == 0 || j == 0 || i == cuts || j == cuts;
    double shift = border ? 0 : DISTORTION;
    long place = grid.place(i, j);
    double moved = shift * (2 * places.unit(2L * grid.a, place) - 1);
    double lifted = shift * (2 * places.unit(2L * grid.a + 1, place) - 1);
    double u = grid.a + (i + moved) / cuts;
    double v = grid.b + (j + lifted) / cuts;
    grid.u[at] = u;
    grid.v[at] = v;
    if (border) {
      grid.nodes[at] = island ? Street.NONE : joint(grid, i, j);
    } else if (layout.nearWater(u, v, 0)) {
      grid.nodes[at] = Street.NONE;
    } else {
      grid.nodes[at] = network.addNode(layout.latitude(u, v), layout.longitude(u, v));
    }
  }

  private int joint(Grid grid, int i, int j) {
    boolean atSide = i == 0 || i == grid.cuts;
    boolean atEnd = j == 0 || j == grid.cuts;
    if (atSide == atEnd) {
      return Street.NONE; // a crossing of arterial roads
    }
    if (atSide) {
      return i == 0
          ? arterials.upperJoint(grid.a, grid.b, true, j)
          : arterials.lowerJoint(grid.a + 1, grid.b, true, j);
    }
    return j == 0
        ? arterials.upperJoint(grid.a, grid.b, false, i)
        : arterials.lowerJoint(grid.a, grid.b + 1, false, i);
  }

  private void street(Grid grid, int line, boolean northward, Form wished, double missing) {
    boolean collector = grid.cuts >= COLLECTOR_FROM_CUTS && line == grid.cuts / 2;
    Form form = collector && wished == Form.ONE_WAY ? Form.PLAIN : wished;
    boolean backward = form == Form.ONE_WAY && line % 2 == 0;
    long which = grid.place(line, northward ? 0 : grid.cuts);
    int name = dice.pick(Integer.MAX_VALUE, grid.a, which);
    Kind kind = collector ? Kind.TERTIARY : Kind.RESIDENTIAL;
    Street street = new Street(network, layout, kind, form, name, false);
    int before = Street.NONE;
    for (int step = 0; step <= grid.cuts; step++) {
      int along = backward ? grid.cuts - step : step;
      int at = northward ? grid.at(line, along) : grid.at(along, line);
      boolean gap =
          !collector
              && gaps.chance(
                  missing, northward ? 2L * grid.a : 2L * grid.a + 1, grid.place(line, along));
      if (gap || before == Street.NONE) {
        street.cut();
      } else if (grid.nodes[at] != Street.NONE) {
        details.between(street, grid.u[before], grid.v[before], grid.u[at], grid.v[at]);
      }
      street.to(grid.nodes[at], grid.u[at], grid.v[at]);
      before = grid.nodes[at] == Street.NONE ? Street.NONE : at;
    }
    street.cut();
  }
}
