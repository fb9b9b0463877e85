package dev.weir.proxy.transport.contract;

import dev.weir.proxy.path.Step;
import dev.weir.proxy.path.TransportObserver.Resource;
import dev.weir.routing.Answer;
import dev.weir.routing.Nearby;
import dev.weir.routing.RequestKind;
import dev.weir.routing.RouteQuery;
import dev.weir.v1.FindNearestRequest;
import dev.weir.v1.FindNearestResponse;
import dev.weir.v1.Geometry;
import java.util.Set;

/** {@code RoutingService.FindNearest}. */
public final class FindNearest implements Unary<FindNearestRequest, FindNearestResponse> {

  @Override
  public Resource resource() {
    return Resource.FIND_NEAREST;
  }

  @Override
  public RequestKind kind() {
    return RequestKind.NEAREST;
  }

  @Override
  public FindNearestRequest prototype() {
    return FindNearestRequest.getDefaultInstance();
  }

  @Override
  public RouteQuery.Nearest query(FindNearestRequest request) {
    return new RouteQuery.Nearest(
        Messages.coordinate(request.getLocation()),
        false,
        Messages.structure(Geometry.GEOMETRY_UNSPECIFIED));
  }

  @Override
  public FindNearestResponse response(
      String tenant, FindNearestRequest request, Answer answer, Set<Step> left) {
    if (!(answer instanceof Nearby found)) {
      throw new IllegalStateException("no answer to a place: " + answer.getClass());
    }
    return FindNearestResponse.newBuilder()
        .setLocation(Messages.location(found.point()))
        .setDistanceMeters(found.distanceMeters())
        .build();
  }
}
