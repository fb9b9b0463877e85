package dev.weir.proxy.classify;

import dev.weir.proxy.classify.Work.Mode;
import dev.weir.proxy.path.Traits;
import dev.weir.routing.EngineSettings.ProfileSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Sorts calls into numbered cells of similar cost. Immutable.
 *
 * <p>A cell is a number of mixed radix, the most telling digits first: work, mode, profile,
 * distance; then legs, density, custom model, output. So the coarser cell around a cell is found by
 * a division.
 */
final class CostCells {

  static final int DISTANCES = 14;
  static final int LEGS = 8;
  static final int DENSITIES = 4;
  private static final int OUTPUTS = 2;
  private static final int FINE = LEGS * DENSITIES * ModelMemory.STATES * OUTPUTS;

  /** Profiles beyond share one digit with unnamed ones: this bounds the memory. */
  private static final int MOST_PROFILES = 32;

  private static final double SHORTEST_METERS = 250;
  private static final double USUAL_METERS = 10_000;
  private static final int SPARSEST = 16;

  /** As the crow flies, in town and out of it, by car; other profiles learn their own. */
  private static final double METERS_PER_SECOND = 10;

  private static final double BEELINE_PER_ROAD = 0.75;

  private final Map<String, Integer> profiles = new HashMap<>();
  private final boolean[] speedMode;
  private final boolean[] hybridMode;
  private final boolean[] turnCosts;
  private final NodeDensity density;

  CostCells(List<ProfileSettings> served, NodeDensity density) {
    List<ProfileSettings> known = served.subList(0, Math.min(served.size(), MOST_PROFILES - 1));
    int count = known.size() + 1;
    this.density = density;
    speedMode = new boolean[count];
    hybridMode = new boolean[count];
    turnCosts = new boolean[count];
    for (ProfileSettings profile : known) {
      int index = profiles.size() + 1;
      profiles.put(profile.name(), index);
      speedMode[index] = profile.speedMode();
      hybridMode[index] = profile.hybridMode();
      turnCosts[index] = profile.turnCosts();
    }
    served.forEach(profile -> profiles.putIfAbsent(profile.name(), 0));
  }

  /**
   * Whether there is such a profile. Without a name one cannot tell: it may stand where a glance
   * did not get to.
   */
  boolean serves(Traits traits) {
    return traits.profile().isEmpty() || profiles.containsKey(traits.profile());
  }

  int count() {
    return coarseCount() * FINE;
  }

  /** Cells of the next coarser level: work, mode, profile, distance. */
  int coarseCount() {
    return groupCount() * speedMode.length * DISTANCES;
  }

  /** Cells of the coarsest level: work and mode. */
  static int groupCount() {
    return Work.ALL.size() * Mode.ALL.size();
  }

  static int coarse(int cell) {
    return cell / FINE;
  }

  int group(int cell) {
    return coarse(cell) / DISTANCES / speedMode.length;
  }

  static int model(int cell) {
    return cell / OUTPUTS % ModelMemory.STATES;
  }

  /**
   * @param model one of the states of {@link ModelMemory}
   */
  int of(Traits traits, int model) {
    Work work = Work.of(traits);
    int profile = profiles.getOrDefault(traits.profile(), 0);
    Mode mode = mode(work, profile, traits);
    int cell = work.digit() * Mode.ALL.size() + mode.digit();
    cell = cell * speedMode.length + profile;
    cell = cell * DISTANCES + distance(meters(work, traits));
    cell = cell * LEGS + legs(work, traits);
    cell = cell * DENSITIES + (mode == Mode.SPEED ? 0 : density(traits));
    cell = cell * ModelMemory.STATES + model;
    return cell * OUTPUTS + (traits.fullOutput() ? 1 : 0);
  }

  /** As the engine will choose. */
  private Mode mode(Work work, int profile, Traits traits) {
    if (work == Work.NEAREST) {
      return Mode.SPEED;
    }
    if (work == Work.ISOCHRONE || work == Work.SPT) {
      return Mode.FLEXIBLE;
    }
    if (speedMode[profile] && !traits.speedModeOff()) {
      return Mode.SPEED;
    }
    return hybridMode[profile] && !traits.hybridModeOff() ? Mode.HYBRID : Mode.FLEXIBLE;
  }

  /** Straight distance of one leg, or from the middle of a reach to its border. */
  private static double meters(Work work, Traits traits) {
    return switch (work) {
      case ROUTE, ALTERNATIVES, MATRIX -> traits.beelineMeters() / Math.max(1, traits.points() - 1);
      case ROUND_TRIP -> traits.beelineMeters() / CostPriors.ROUND_TRIP_LEGS;
      // GraphHopper searches a seventh further for an isochrone, and some way in any case.
      case ISOCHRONE ->
          traits.reachMeters() > 0
              ? BEELINE_PER_ROAD * beyond((double) traits.reachMeters(), 2_000)
              : METERS_PER_SECOND * beyond((double) traits.reachSeconds(), 200);
      case SPT ->
          traits.reachMeters() > 0
              ? BEELINE_PER_ROAD * traits.reachMeters()
              : METERS_PER_SECOND * traits.reachSeconds();
      case NEAREST -> 0;
    };
  }

  private static double beyond(double value, double atLeast) {
    return value + Math.max(value * 0.14, atLeast);
  }

  private static int distance(double meters) {
    double known = Double.isNaN(meters) ? USUAL_METERS : meters;
    return known < SHORTEST_METERS
        ? 0
        : Math.min(Math.getExponent(known / SHORTEST_METERS) + 1, DISTANCES - 1);
  }

  /** Legs of a route, alternatives beyond the first, or in what a reach is measured. */
  private static int legs(Work work, Traits traits) {
    return switch (work) {
      case ROUTE, MATRIX ->
          Math.min(Math.getExponent((double) Math.max(1, traits.points() - 1)), LEGS - 1);
      case ALTERNATIVES -> Math.min(traits.paths() - 1, LEGS - 1);
      case ISOCHRONE, SPT -> traits.reachMeters() > 0 ? 1 : 0;
      case ROUND_TRIP, NEAREST -> 0;
    };
  }

  private int density(Traits traits) {
    int nodes = density.perSquareKm(traits.latitude(), traits.longitude());
    return nodes < SPARSEST
        ? 0
        : Math.min(Math.getExponent((double) nodes / SPARSEST) / 2 + 1, DENSITIES - 1);
  }

  /** A typical call of a cell. */
  Cell describe(int cell) {
    int fine = cell % FINE;
    int legs = fine / (DENSITIES * ModelMemory.STATES * OUTPUTS);
    int dense = fine / (ModelMemory.STATES * OUTPUTS) % DENSITIES;
    int distance = coarse(cell) % DISTANCES;
    int group = group(cell);
    return new Cell(
        Work.ALL.get(group / Mode.ALL.size()),
        Mode.ALL.get(group % Mode.ALL.size()),
        turnCosts[coarse(cell) / DISTANCES % speedMode.length],
        SHORTEST_METERS * (distance == 0 ? 0.5 : Math.scalb(Math.sqrt(0.5), distance)),
        legs,
        SPARSEST * (dense == 0 ? 0.5 : 2 * Math.pow(4, dense - 1)),
        model(cell),
        fine % OUTPUTS == 1);
  }

  /**
   * @param turnCosts the search is over edges, of which there are more than nodes
   * @param meters of a leg or reach
   * @param legs digit of that name
   * @param nodesPerSquareKm of the network; of no meaning in speed mode
   */
  record Cell(
      Work work,
      Mode mode,
      boolean turnCosts,
      double meters,
      int legs,
      double nodesPerSquareKm,
      int model,
      boolean fullOutput) {}
}
