package dev.weir.routing.graphhopper;

import com.graphhopper.routing.util.AllEdgesIterator;
import com.graphhopper.routing.util.EdgeFilter;
import com.graphhopper.routing.weighting.Weighting;
import com.graphhopper.storage.BaseGraph;
import com.graphhopper.storage.Graph;
import com.graphhopper.storage.NodeAccess;
import com.graphhopper.storage.TurnCostStorage;
import com.graphhopper.util.EdgeExplorer;
import com.graphhopper.util.EdgeIterator;
import com.graphhopper.util.EdgeIteratorState;
import com.graphhopper.util.shapes.BBox;

/**
 * Stops a flexible search from within: every search asks its graph for the edges of each node that
 * it settles. Looks at the ticket when a search begins and then every {@value #NODES_PER_POLL}
 * nodes. Covers routes, their legs, alternatives, round trips, landmark searches and shortest-path
 * trees. Made per search, used by its thread.
 *
 * <p>Watching the weighting instead, which is asked for each edge twice, cost 7 % of a Dijkstra on
 * the map of Porto; {@code StoppableSearchBenchmark} measures what this costs.
 */
final class StoppableGraph implements Graph {

  /** A settled node costs about 1 µs, a look at the ticket some 50 ns. */
  private static final int NODES_PER_POLL = 64;

  private final Graph graph;
  private final StopTicket ticket;

  StoppableGraph(Graph graph, StopTicket ticket) {
    this.graph = graph;
    this.ticket = ticket;
  }

  @Override
  public EdgeExplorer createEdgeExplorer() {
    return watched(graph.createEdgeExplorer());
  }

  @Override
  public EdgeExplorer createEdgeExplorer(EdgeFilter filter) {
    return watched(graph.createEdgeExplorer(filter));
  }

  private EdgeExplorer watched(EdgeExplorer explorer) {
    ticket.poll();
    return new EdgeExplorer() {
      private int nodesToPoll = NODES_PER_POLL;

      @Override
      public EdgeIterator setBaseNode(int node) {
        if (--nodesToPoll == 0) {
          nodesToPoll = NODES_PER_POLL;
          ticket.poll();
        }
        return explorer.setBaseNode(node);
      }
    };
  }

  @Override
  public BaseGraph getBaseGraph() {
    return graph.getBaseGraph();
  }

  @Override
  public int getNodes() {
    return graph.getNodes();
  }

  @Override
  public int getEdges() {
    return graph.getEdges();
  }

  @Override
  public NodeAccess getNodeAccess() {
    return graph.getNodeAccess();
  }

  @Override
  public BBox getBounds() {
    return graph.getBounds();
  }

  @Override
  public EdgeIteratorState edge(int a, int b) {
    return graph.edge(a, b);
  }

  @Override
  public EdgeIteratorState getEdgeIteratorState(int edgeId, int adjNode) {
    return graph.getEdgeIteratorState(edgeId, adjNode);
  }

  @Override
  public EdgeIteratorState getEdgeIteratorStateForKey(int edgeKey) {
    return graph.getEdgeIteratorStateForKey(edgeKey);
  }

  @Override
  public int getOtherNode(int edge, int node) {
    return graph.getOtherNode(edge, node);
  }

  @Override
  public boolean isAdjacentToNode(int edge, int node) {
    return graph.isAdjacentToNode(edge, node);
  }

  @Override
  public AllEdgesIterator getAllEdges() {
    return graph.getAllEdges();
  }

  @Override
  public TurnCostStorage getTurnCostStorage() {
    return graph.getTurnCostStorage();
  }

  @Override
  public Weighting wrapWeighting(Weighting weighting) {
    return graph.wrapWeighting(weighting);
  }
}
