package dev.weir.routing.graphhopper;

import com.graphhopper.routing.util.EdgeFilter;
import com.graphhopper.storage.index.LocationIndex;
import com.graphhopper.storage.index.Snap;

/** Looks at the ticket before each point is snapped to a road. Made per computation. */
record StoppableIndex(LocationIndex index, StopTicket ticket) implements LocationIndex {

  @Override
  public Snap findClosest(double latitude, double longitude, EdgeFilter filter) {
    ticket.poll();
    return index.findClosest(latitude, longitude, filter);
  }

  @Override
  public void query(TileFilter filter, Visitor visitor) {
    index.query(filter, visitor);
  }

  /** Does nothing: the index outlives the computation. */
  @Override
  public void close() {}
}
