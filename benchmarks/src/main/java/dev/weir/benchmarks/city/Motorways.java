package dev.weir.benchmarks.city;

/** A ring around the centre, and motorways from it to the edge of the city. */
final class Motorways {

  /** Of the ring, in radii of the city. */
  private static final double RING = 0.45;

  private static final double EDGE = 0.9;

  /** In quarters. */
  private static final double BETWEEN_NODES = 0.3;

  private static final int RADIALS = 6;

  /** 2.4 km. */
  private static final int PLACES_BETWEEN_INTERCHANGES = 12;

  private static final double FAR_FROM_CROSSING = 0.6;

  private final Network network;
  private final Layout layout;
  private final Crossings crossings;
  private final Dice dice;

  Motorways(Network network, Layout layout, Crossings crossings, Dice dice) {
    this.network = network;
    this.layout = layout;
    this.crossings = crossings;
    this.dice = dice.named("motorways");
  }

  void lay() {
    Motorway ring = ring();
    ring.lay();
    interchanges(ring);
    for (int i = 0; i < RADIALS; i++) {
      double turn = (i + 0.4 * dice.unit(i, 0)) / RADIALS;
      radial(ring, i + 1, turn);
    }
  }

  private double ringRadius(double angle) {
    return RING * layout.radius() * (1 + 0.08 * StrictMath.sin(3 * angle));
  }

  private Motorway ring() {
    int places = (int) Math.ceil(2 * Math.PI * RING * layout.radius() / BETWEEN_NODES);
    double[] u = new double[places];
    double[] v = new double[places];
    for (int i = 0; i < places; i++) {
      double angle = 2 * Math.PI * i / places;
      u[i] = ringRadius(angle) * StrictMath.cos(angle);
      v[i] = ringRadius(angle) * StrictMath.sin(angle);
    }
    return new Motorway(network, layout, 0, u, v, true);
  }

  /**
   * @param turn where it leaves the ring, in turns of it
   */
  private void radial(Motorway ring, int name, double turn) {
    int from = (int) (turn * ring.length());
    double inner = StrictMath.hypot(ring.u(from), ring.v(from)) + BETWEEN_NODES;
    int places = (int) ((EDGE * layout.radius() - inner) / BETWEEN_NODES);
    double[] u = new double[places];
    double[] v = new double[places];
    for (int i = 0; i < places; i++) {
      double far = inner + i * BETWEEN_NODES;
      double bent = 0.08 * StrictMath.sin(5 * (far - inner) / layout.radius());
      double angle = 2 * Math.PI * from / ring.length() + bent;
      u[i] = far * StrictMath.cos(angle);
      v[i] = far * StrictMath.sin(angle);
    }
    Motorway radial = new Motorway(network, layout, name, u, v, false);
    radial.lay();
    radial.branchOff(ring, from);
    interchanges(radial);
    int end = nearest(u[places - 1], v[places - 1], 3);
    if (end != Street.NONE) {
      radial.endAt(end);
    }
  }

  /** Ramps to large crossings, wherever the motorway comes by one. */
  private void interchanges(Motorway motorway) {
    int last = -PLACES_BETWEEN_INTERCHANGES;
    for (int i = 2; i < motorway.length() - 2; i++) {
      int a = (int) Math.rint(motorway.u(i));
      int b = (int) Math.rint(motorway.v(i));
      boolean close = StrictMath.hypot(motorway.u(i) - a, motorway.v(i) - b) < FAR_FROM_CROSSING;
      boolean large = Layout.arterial(a) != Kind.TERTIARY || Layout.arterial(b) != Kind.TERTIARY;
      int crossing = crossings.plain(a, b);
      if (i - last >= PLACES_BETWEEN_INTERCHANGES && close && large && crossing != Street.NONE) {
        motorway.interchange(i, crossing);
        last = i;
      }
    }
  }

  /** The nearest crossing that a ramp can join, so many lines away at most. */
  private int nearest(double u, double v, int lines) {
    int nearest = Street.NONE;
    double least = Double.MAX_VALUE;
    for (int a = (int) u - lines; a <= (int) u + lines; a++) {
      for (int b = (int) v - lines; b <= (int) v + lines; b++) {
        double distance = StrictMath.hypot(u - a, v - b);
        int crossing = crossings.plain(a, b);
        if (crossing != Street.NONE && distance < least) {
          nearest = crossing;
          least = distance;
        }
      }
    }
    return nearest;
  }
}
