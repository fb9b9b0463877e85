package dev.weir.routing.graphhopper;

import com.graphhopper.routing.weighting.Weighting;
import com.graphhopper.util.EdgeIteratorState;

/**
 * Stops a flexible search from within: every search of GraphHopper asks its weighting for each edge
 * it looks at, so this is where a stop is noticed soonest. Made per computation, used by its
 * thread.
 *
 * <p>Covers routes, alternatives, round trips, landmark searches and shortest-path trees, and the
 * edges tested while snapping. The price is one more call and a decrement per edge; {@code
 * StoppableWeightingBenchmark} measures it.
 */
final class StoppableWeighting implements Weighting {

  /**
   * Edges between two looks at the ticket. An edge costs 0.1 to 1 µs, so a stop is seen within
   * about 0.1 ms, while the look itself (two clock readings at most) is spread to below 1 ns per
   * edge.
   */
  private static final int EDGES_PER_POLL = 128;

  private final Weighting weighting;
  private final StopTicket ticket;
  private int edgesToPoll = EDGES_PER_POLL;

  StoppableWeighting(Weighting weighting, StopTicket ticket) {
    this.weighting = weighting;
    this.ticket = ticket;
    // Short searches look at fewer edges than lie between two polls.
    ticket.poll();
  }

  @Override
  public double calcEdgeWeight(EdgeIteratorState edge, boolean reverse) {
    if (--edgesToPoll == 0) {
      edgesToPoll = EDGES_PER_POLL;
      ticket.poll();
    }
    return weighting.calcEdgeWeight(edge, reverse);
  }

  @Override
  public double calcMinWeightPerDistance() {
    return weighting.calcMinWeightPerDistance();
  }

  @Override
  public long calcEdgeMillis(EdgeIteratorState edge, boolean reverse) {
    return weighting.calcEdgeMillis(edge, reverse);
  }

  @Override
  public double calcTurnWeight(int inEdge, int viaNode, int outEdge) {
    return weighting.calcTurnWeight(inEdge, viaNode, outEdge);
  }

  @Override
  public long calcTurnMillis(int inEdge, int viaNode, int outEdge) {
    return weighting.calcTurnMillis(inEdge, viaNode, outEdge);
  }

  @Override
  public boolean hasTurnCosts() {
    return weighting.hasTurnCosts();
  }

  @Override
  public String getName() {
    return weighting.getName();
  }

  @Override
  public String toString() {
    return weighting.toString();
  }
}
