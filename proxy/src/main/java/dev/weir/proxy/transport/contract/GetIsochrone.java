package dev.weir.proxy.transport.contract;

import com.google.protobuf.util.Durations;
import dev.weir.proxy.path.Step;
import dev.weir.proxy.path.TransportObserver.Resource;
import dev.weir.routing.Answer;
import dev.weir.routing.Areas;
import dev.weir.routing.RequestKind;
import dev.weir.routing.RouteQuery;
import dev.weir.v1.Area;
import dev.weir.v1.GetIsochroneRequest;
import dev.weir.v1.GetIsochroneResponse;
import dev.weir.v1.Polygon;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code RoutingService.GetIsochrone}. */
public final class GetIsochrone implements Unary<GetIsochroneRequest, GetIsochroneResponse> {

  @Override
  public Resource resource() {
    return Resource.GET_ISOCHRONE;
  }

  @Override
  public RequestKind kind() {
    return RequestKind.ISOCHRONE;
  }

  @Override
  public GetIsochroneRequest prototype() {
    return GetIsochroneRequest.getDefaultInstance();
  }

  @Override
  public RouteQuery.Isochrone query(GetIsochroneRequest request) {
    return new RouteQuery.Isochrone(
        request.getProfile(),
        Messages.coordinate(request.getCenter()),
        Math.max(1, request.getBuckets()),
        request.getTowardCenter(),
        request.hasDuration() ? Durations.toSeconds(request.getDuration()) : 0,
        request.hasDistanceMeters() ? request.getDistanceMeters() : -1,
        -1,
        Messages.structure(request.getGeometry()),
        0,
        request.getAllParts(),
        Map.of());
  }

  @Override
  public GetIsochroneResponse response(
      String tenant, GetIsochroneRequest request, Answer answer, Set<Step> left) {
    if (!(answer instanceof Areas found)) {
      throw new IllegalStateException("no answer to an isochrone: " + answer.getClass());
    }
    int decimals = Messages.decimals(request.getGeometry());
    GetIsochroneResponse.Builder response = GetIsochroneResponse.newBuilder();
    List<List<Areas.Part>> buckets = found.buckets();
    for (int bucket = 0; bucket < buckets.size(); bucket++) {
      Area.Builder area = Area.newBuilder().setBucket(bucket);
      for (Areas.Part part : buckets.get(bucket)) {
        Polygon.Builder polygon = Polygon.newBuilder();
        part.rings().forEach(ring -> polygon.addRings(Messages.polyline(ring, decimals)));
        area.addParts(polygon);
      }
      response.addAreas(area);
    }
    return response.addAllDegradations(Messages.degradations(left)).build();
  }
}
