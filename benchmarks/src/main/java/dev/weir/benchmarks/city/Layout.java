package dev.weir.benchmarks.city;

import java.util.ArrayList;
import java.util.List;

/**
 * What is where in the city, by one number and its radius. Immutable.
 *
 * <p>The city is thought of on a lattice with coordinates u (about east) and v (about north). Its
 * lines are the arterial roads, 700 m apart, and between four of them is a <em>quarter</em>, which
 * is named by its lower left corner. The denser a quarter is populated, the finer its streets. The
 * lattice is bent before it becomes latitudes and longitudes, so no road is quite straight.
 *
 * <p>The place is in the middle of the Atlantic: nobody can take it for a real one.
 */
final class Layout {

  static final double QUARTER_METERS = 700;
  static final double LATITUDE = 46;
  static final double LONGITUDE = -30;

  private static final double METERS_PER_DEGREE = 111_320;
  private static final int PRIMARY_EVERY = 8;
  private static final int SECONDARY_EVERY = 4;
  private static final int LEAST_CUTS = 2;
  private static final double MORE_CUTS = 8;
  private static final int MOST_CUTS = 10;

  /** Islands lie this far outside, in radii. */
  private static final double ISLANDS_FROM = 1.2;

  private static final double ISLANDS_TO = 1.35;

  /** A place that people want to be near to. */
  private record Centre(double u, double v, double weight, double reach) {

    double pull(double atU, double atV) {
      return weight * StrictMath.exp(-StrictMath.hypot(atU - u, atV - v) / reach);
    }
  }

  private final double radius;
  private final Dice bends;
  private final Dice borders;
  private final Dice quarters;
  private final Dice parks;
  private final Dice oneWays;
  private final List<Centre> centres = new ArrayList<>();
  private final List<River> rivers;

  /**
   * @param radius of the city in quarters
   */
  Layout(Dice dice, double radius) {
    this.radius = radius;
    this.bends = dice.named("bends");
    this.borders = dice.named("borders");
    this.quarters = dice.named("quarters");
    this.parks = dice.named("parks");
    this.oneWays = dice.named("one-ways");
    centres.add(new Centre(0, 0, 1, 0.5 * radius));
    Dice towns = dice.named("towns");
    for (int i = 0; i < 5; i++) {
      double angle = 2 * Math.PI * (i + towns.unit(i, 0) / 2) / 5;
      double distance = radius * (0.5 + 0.3 * towns.unit(i, 1));
      centres.add(
          new Centre(
              distance * StrictMath.cos(angle),
              distance * StrictMath.sin(angle),
              0.8,
              0.15 * radius));
    }
    Dice bed = dice.named("rivers");
    double ends = 1.5 * radius;
    River great =
        new River(
            true, -0.12 * radius, 0.16 * radius, 0.5 * radius, turn(bed, 0), -ends, ends, 0.13);
    double mouthU = 0.28 * radius;
    River small =
        new River(
            false,
            mouthU,
            0.08 * radius,
            0.35 * radius,
            turn(bed, 1),
            great.middle(mouthU),
            ends,
            0.06);
    this.rivers = List.of(great, small);
  }

  private static double turn(Dice dice, int river) {
    return 2 * Math.PI * dice.unit(river, 0);
  }

  double radius() {
    return radius;
  }

  /** No quarter, and no island, has a corner further out on either axis. */
  int reach() {
    return (int) Math.ceil(ISLANDS_TO * radius) + 2;
  }

  List<River> rivers() {
    return rivers;
  }

  boolean water(double u1, double v1, double u2, double v2) {
    return rivers.stream().anyMatch(river -> river.between(u1, v1, u2, v2));
  }

  boolean nearWater(double u, double v, double distance) {
    return rivers.stream().anyMatch(river -> river.near(u, v, distance));
  }

  /** From 0 in the wild to 1 in the very centre. */
  double density(double u, double v) {
    return centres.stream().mapToDouble(centre -> centre.pull(u, v)).max().orElse(0);
  }

  /** Whether a quarter belongs to the city. */
  boolean inside(int a, int b) {
    double u = a + 0.5;
    double v = b + 0.5;
    double wobble = 1 + 0.12 * borders.smooth(2 * u / radius, 2 * v / radius);
    return StrictMath.hypot(u, v) < radius * wobble;
  }

  boolean park(int a, int b) {
    return inside(a, b)
        && StrictMath.hypot(a + 0.5, b + 0.5) > 1
        && parks.smooth(a / 2.3, b / 2.3) > 0.6
        && !nearWater(a + 0.5, b + 0.5, 0.5);
  }

  /** Whether a few streets lie here, outside of the city, that lead nowhere else. */
  boolean island(int a, int b) {
    double distance = StrictMath.hypot(a + 0.5, b + 0.5) / radius;
    return distance > ISLANDS_FROM
        && distance < ISLANDS_TO
        && quarters.chance(0.03, a, b)
        && !nearWater(a + 0.5, b + 0.5, 1);
  }

  /** Into how many strips the streets of a quarter cut it, each way; 1 where there are none. */
  int cuts(int a, int b) {
    if (!inside(a, b) || park(a, b)) {
      return 1;
    }
    double wish = LEAST_CUTS + MORE_CUTS * density(a + 0.5, b + 0.5) + 2 * quarters.unit(a, b) - 1;
    return Math.clamp(Math.round(wish), LEAST_CUTS, MOST_CUTS);
  }

  /** Whether the streets of a quarter are one-way, in turns. */
  boolean oneWays(int a, int b) {
    return density(a + 0.5, b + 0.5) > 0.75
        && !nearWater(a + 0.5, b + 0.5, 1)
        && oneWays.chance(0.85, a, b);
  }

  /** What the arterial road along a line is. */
  static Kind arterial(int line) {
    if (Math.floorMod(line, PRIMARY_EVERY) == 0) {
      return Kind.PRIMARY;
    }
    return Math.floorMod(line, SECONDARY_EVERY) == 0 ? Kind.SECONDARY : Kind.TERTIARY;
  }

  /**
   * Whether there is an arterial road from a crossing to the next one.
   *
   * @param northward along v, otherwise along u
   */
  boolean hasArterial(int a, int b, boolean northward) {
    int besideA = northward ? a - 1 : a;
    int besideB = northward ? b : b - 1;
    boolean inCity = inside(a, b) || inside(besideA, besideB);
    boolean inPark = park(a, b) && park(besideA, besideB);
    return inCity && !(inPark && arterial(northward ? a : b) == Kind.TERTIARY);
  }

  /** In units of 1e-7 degrees. */
  int latitude(double u, double v) {
    double y = v + 0.45 * bends.smooth(u / 5, v / 5 + 1000);
    return (int) Math.round(1e7 * (LATITUDE + y * QUARTER_METERS / METERS_PER_DEGREE));
  }

  /** In units of 1e-7 degrees. */
  int longitude(double u, double v) {
    double x = u + 0.45 * bends.smooth(u / 5, v / 5);
    double metersPerDegree = METERS_PER_DEGREE * StrictMath.cos(StrictMath.toRadians(LATITUDE));
    return (int) Math.round(1e7 * (LONGITUDE + x * QUARTER_METERS / metersPerDegree));
  }
}
