package dev.weir.routing.graphhopper;

import com.graphhopper.isochrone.algorithm.ShortestPathTree;
import com.graphhopper.routing.util.TraversalMode;
import java.util.function.Consumer;

/**
 * A shortest-path tree that is given up when it has more labels than allowed. That its search can
 * be stopped comes with the weighting.
 */
final class StoppableTree extends ShortestPathTree {

  private final int maxLabels;
  private int labels;

  StoppableTree(Reach reach, boolean reverseFlow, int maxLabels, StopTicket ticket) {
    super(
        new StoppableGraph(reach.graph(), ticket),
        reach.weighting(),
        reverseFlow,
        reach.turnCosts() ? TraversalMode.EDGE_BASED : TraversalMode.NODE_BASED);
    this.maxLabels = maxLabels;
  }

  /**
   * @throws IllegalArgumentException if the tree grows beyond what is allowed
   */
  @Override
  public void search(int from, Consumer<IsoLabel> consumer) {
    super.search(
        from,
        label -> {
          RouteCaps.require(
              ++labels <= maxLabels,
              "More than the %d network places allowed can be reached; please lower the limit",
              maxLabels);
          consumer.accept(label);
        });
  }
}
