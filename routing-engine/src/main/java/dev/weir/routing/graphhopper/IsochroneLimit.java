package dev.weir.routing.graphhopper;

import com.graphhopper.isochrone.algorithm.ShortestPathTree;
import com.graphhopper.isochrone.algorithm.ShortestPathTree.IsoLabel;
import dev.weir.routing.RouteQuery;
import java.util.function.ToDoubleFunction;

/** How far an isochrone reaches, and in what that is measured. */
sealed interface IsochroneLimit {

  double value();

  ToDoubleFunction<IsoLabel> cost();

  /** Lets the search go a little further, so that the border lies inside of what it saw. */
  void extend(ShortestPathTree tree);

  /**
   * @throws IllegalArgumentException if it is beyond the caps of the profile
   */
  static IsochroneLimit of(RouteQuery.Isochrone query, ServedProfile profile) {
    if (query.weightLimit() > 0) {
      ReachCaps.checkWeight(query.weightLimit(), profile);
      return new Weight(query.weightLimit());
    }
    if (query.distanceLimitMeters() > 0) {
      ReachCaps.checkDistance(query.distanceLimitMeters(), profile);
      return new Distance(query.distanceLimitMeters());
    }
    ReachCaps.checkTime(query.timeLimitSeconds(), profile);
    return new Time(query.timeLimitSeconds() * 1000.0);
  }

  /** GraphHopper's server goes a seventh further, and some way in any case. */
  private static double beyond(double value, double atLeast) {
    return value + Math.max(value * 0.14, atLeast);
  }

  record Weight(double value) implements IsochroneLimit {
    @Override
    public ToDoubleFunction<IsoLabel> cost() {
      return label -> label.weight;
    }

    @Override
    public void extend(ShortestPathTree tree) {
      tree.setWeightLimit(beyond(value, 200));
    }
  }

  /** In meters. */
  record Distance(double value) implements IsochroneLimit {
    @Override
    public ToDoubleFunction<IsoLabel> cost() {
      return label -> label.distance;
    }

    @Override
    public void extend(ShortestPathTree tree) {
      tree.setDistanceLimit(beyond(value, 2_000));
    }
  }

  /** In milliseconds. */
  record Time(double value) implements IsochroneLimit {
    @Override
    public ToDoubleFunction<IsoLabel> cost() {
      return label -> label.time;
    }

    @Override
    public void extend(ShortestPathTree tree) {
      tree.setTimeLimit(beyond(value, 200_000));
    }
  }
}
