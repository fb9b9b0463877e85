package dev.weir.routing.graphhopper;

import com.carrotsearch.hppc.predicates.IntObjectPredicate;
import com.graphhopper.coll.GHIntObjectHashMap;
import com.graphhopper.routing.AlgorithmOptions;
import com.graphhopper.routing.AlternativeRoute;
import com.graphhopper.routing.SPTEntry;
import com.graphhopper.routing.weighting.Weighting;

/**
 * GraphHopper's alternative routes, stopped also while it goes through every place that the search
 * has reached, which on a large map takes far longer than one may go on without looking. Made per
 * search, used by its thread.
 */
final class StoppableAlternatives extends AlternativeRoute {

  /** Most places cost 0.1 µs, a few candidates for an alternative much more. */
  private static final int PLACES_PER_POLL = 256;

  private final StopTicket ticket;

  /**
   * @param graph watched already, so that the search itself can be stopped
   */
  StoppableAlternatives(
      StoppableGraph graph, Weighting weighting, AlgorithmOptions options, StopTicket ticket) {
    super(graph, graph.wrapWeighting(weighting), options.getTraversalMode(), options.getHints());
    this.ticket = ticket;
    setMaxVisitedNodes(options.getMaxVisitedNodes());
    setTimeoutMillis(options.getTimeoutMillis());
  }

  @Override
  protected void initCollections(int size) {
    super.initCollections(size);
    bestWeightMapFrom = new Places(size);
  }

  private final class Places extends GHIntObjectHashMap<SPTEntry> {

    Places(int size) {
      super(size);
    }

    @Override
    public <T extends IntObjectPredicate<? super SPTEntry>> T forEach(T predicate) {
      super.forEach(
          new IntObjectPredicate<SPTEntry>() {
            private int placesToPoll = PLACES_PER_POLL;

            @Override
            public boolean apply(int key, SPTEntry place) {
              if (--placesToPoll == 0) {
                placesToPoll = PLACES_PER_POLL;
                ticket.poll();
              }
              return predicate.apply(key, place);
            }
          });
      return predicate;
    }
  }
}
