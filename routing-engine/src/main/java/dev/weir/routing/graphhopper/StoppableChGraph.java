package dev.weir.routing.graphhopper;

import com.graphhopper.routing.weighting.Weighting;
import com.graphhopper.storage.Graph;
import com.graphhopper.storage.RoutingCHEdgeExplorer;
import com.graphhopper.storage.RoutingCHEdgeIteratorState;
import com.graphhopper.storage.RoutingCHGraph;

/**
 * Stops a speed-mode search: its weights are baked in, so instead of the weighting the exploration
 * of nodes is watched. Each leg, and each of the many small searches behind an alternative, looks
 * at the ticket as it begins and then every {@value #NODES_PER_POLL} nodes; a route of ten legs is
 * thus left at the leg where the deadline passes. Made per computation, used by its thread.
 */
final class StoppableChGraph implements RoutingCHGraph {

  /** A settled node costs about 1 µs. */
  private static final int NODES_PER_POLL = 64;

  private final RoutingCHGraph graph;
  private final StopTicket ticket;
  private int nodesToPoll = NODES_PER_POLL;

  StoppableChGraph(RoutingCHGraph graph, StopTicket ticket) {
    this.graph = graph;
    this.ticket = ticket;
  }

  @Override
  public RoutingCHEdgeExplorer createInEdgeExplorer() {
    return watched(graph.createInEdgeExplorer());
  }

  @Override
  public RoutingCHEdgeExplorer createOutEdgeExplorer() {
    return watched(graph.createOutEdgeExplorer());
  }

  private RoutingCHEdgeExplorer watched(RoutingCHEdgeExplorer explorer) {
    ticket.poll();
    return node -> {
      if (--nodesToPoll == 0) {
        nodesToPoll = NODES_PER_POLL;
        ticket.poll();
      }
      return explorer.setBaseNode(node);
    };
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
  public int getShortcuts() {
    return graph.getShortcuts();
  }

  @Override
  public RoutingCHEdgeIteratorState getEdgeIteratorState(int chEdge, int adjNode) {
    return graph.getEdgeIteratorState(chEdge, adjNode);
  }

  @Override
  public int getLevel(int node) {
    return graph.getLevel(node);
  }

  @Override
  public double getTurnWeight(int inEdge, int viaNode, int outEdge) {
    return graph.getTurnWeight(inEdge, viaNode, outEdge);
  }

  @Override
  public Graph getBaseGraph() {
    return graph.getBaseGraph();
  }

  @Override
  public boolean hasTurnCosts() {
    return graph.hasTurnCosts();
  }

  @Override
  public boolean isEdgeBased() {
    return graph.isEdgeBased();
  }

  @Override
  public Weighting getWeighting() {
    return graph.getWeighting();
  }

  /** Does nothing: the graph outlives the computation. */
  @Override
  public void close() {}
}
