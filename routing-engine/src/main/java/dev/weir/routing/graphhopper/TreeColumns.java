package dev.weir.routing.graphhopper;

import com.graphhopper.isochrone.algorithm.ShortestPathTree.IsoLabel;
import com.graphhopper.routing.ev.BooleanEncodedValue;
import com.graphhopper.routing.ev.DecimalEncodedValue;
import com.graphhopper.routing.ev.EncodedValue;
import com.graphhopper.routing.ev.EnumEncodedValue;
import com.graphhopper.routing.ev.IntEncodedValue;
import com.graphhopper.routing.querygraph.QueryGraph;
import com.graphhopper.routing.util.EncodingManager;
import com.graphhopper.storage.NodeAccess;
import com.graphhopper.util.EdgeIterator;
import com.graphhopper.util.EdgeIteratorState;
import com.graphhopper.util.Helper;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the columns of a shortest-path tree mean, by the names GraphHopper's server gave them. */
final class TreeColumns {

  private final QueryGraph graph;
  private final NodeAccess nodes;
  private final EncodingManager encodingManager;
  private final boolean reverseFlow;

  TreeColumns(QueryGraph graph, EncodingManager encodingManager, boolean reverseFlow) {
    this.graph = graph;
    this.nodes = graph.getNodeAccess();
    this.encodingManager = encodingManager;
    this.reverseFlow = reverseFlow;
  }

  /** One cell of a row. */
  interface Column {
    void write(IsoLabel label, StringBuilder row);
  }

  /**
   * @throws IllegalArgumentException if there is no such column
   */
  Column column(String name) {
    return switch (name) {
      case "node_id" -> (label, row) -> row.append(label.node);
      case "prev_node_id" -> ofParent(-1, parent -> parent.node);
      case "edge_id" -> (label, row) -> row.append(label.edge);
      case "prev_edge_id" -> ofParent(0, parent -> parent.edge);
      case "distance" -> (label, row) -> row.append(Math.round(label.distance));
      case "prev_distance" -> ofParent(0, parent -> Math.round(parent.distance));
      case "time" -> (label, row) -> row.append(label.time);
      case "prev_time" -> ofParent(0, parent -> parent.time);
      case "longitude" -> (label, row) -> row.append(longitude(label));
      case "prev_longitude" -> ofParent("null", this::longitude);
      case "latitude" -> (label, row) -> row.append(latitude(label));
      case "prev_latitude" -> ofParent("null", this::latitude);
      case "street_name" -> ofEdge(edge -> edge.getName().replace(",", ""));
      default -> ofEdge(encodedValue(name));
    };
  }

  private double longitude(IsoLabel label) {
    return Helper.round6(nodes.getLon(label.node));
  }

  private double latitude(IsoLabel label) {
    return Helper.round6(nodes.getLat(label.node));
  }

  private static Column ofParent(Object ofRoot, Function<IsoLabel, Object> value) {
    return (label, row) -> {
      @Nullable IsoLabel parent = label.parent;
      row.append(parent == null ? ofRoot : value.apply(parent));
    };
  }

  private Column ofEdge(Function<EdgeIteratorState, Object> value) {
    return (label, row) -> {
      if (EdgeIterator.Edge.isValid(label.edge)) {
        row.append(value.apply(graph.getEdgeIteratorState(label.edge, label.node)));
      }
    };
  }

  /** The order of the cases matters: a decimal value, for one, is also an integer value. */
  private Function<EdgeIteratorState, Object> encodedValue(String name) {
    @Nullable EncodedValue value =
        encodingManager.hasEncodedValue(name)
            ? encodingManager.getEncodedValue(name, EncodedValue.class)
            : null;
    return switch (value) {
      case DecimalEncodedValue v -> edge -> reverseFlow ? edge.getReverse(v) : edge.get(v);
      case EnumEncodedValue<?> v -> edge -> reverseFlow ? edge.getReverse(v) : edge.get(v);
      case BooleanEncodedValue v -> edge -> reverseFlow ? edge.getReverse(v) : edge.get(v);
      case IntEncodedValue v -> edge -> reverseFlow ? edge.getReverse(v) : edge.get(v);
      case null, default -> throw new IllegalArgumentException("Unknown property " + name);
    };
  }
}
