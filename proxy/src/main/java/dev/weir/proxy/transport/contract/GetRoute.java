package dev.weir.proxy.transport.contract;

import dev.weir.proxy.path.Step;
import dev.weir.proxy.path.TransportObserver.Resource;
import dev.weir.routing.Answer;
import dev.weir.routing.Coordinate;
import dev.weir.routing.Paths;
import dev.weir.routing.RequestKind;
import dev.weir.routing.RouteQuery;
import dev.weir.v1.Bounds;
import dev.weir.v1.Geometry;
import dev.weir.v1.GetRouteRequest;
import dev.weir.v1.GetRouteResponse;
import dev.weir.v1.Instruction;
import dev.weir.v1.Location;
import dev.weir.v1.Route;
import dev.weir.v1.Search;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code RoutingService.GetRoute}. */
public final class GetRoute implements Unary<GetRouteRequest, GetRouteResponse> {

  private static final Map<String, Object> FLEXIBLE =
      Map.of("ch.disable", true, "lm.disable", true);

  @Override
  public Resource resource() {
    return Resource.GET_ROUTE;
  }

  @Override
  public RequestKind kind() {
    return RequestKind.ROUTE;
  }

  @Override
  public GetRouteRequest prototype() {
    return GetRouteRequest.getDefaultInstance();
  }

  @Override
  public RouteQuery.Route query(GetRouteRequest request) {
    return query(request, "", Map.of());
  }

  /**
   * @param algorithm GraphHopper's name of it, empty for the usual one
   * @param more hints of it
   */
  static RouteQuery.Route query(
      GetRouteRequest request, String algorithm, Map<String, Object> more) {
    List<Coordinate> points = new ArrayList<>(request.getIntermediatesCount() + 2);
    points.add(Messages.coordinate(request.getOrigin()));
    for (Location place : request.getIntermediatesList()) {
      points.add(Messages.coordinate(place));
    }
    points.add(Messages.coordinate(request.getDestination()));
    Map<String, Object> search =
        request.getSearch() == Search.SEARCH_FLEXIBLE ? FLEXIBLE : Map.of();
    return new RouteQuery.Route(
        request.getProfile(),
        points,
        List.of(),
        List.of(),
        List.of(),
        null,
        List.of(),
        algorithm,
        request.getLocale().isEmpty() ? "en" : request.getLocale(),
        null,
        more.isEmpty() ? search : more,
        new RouteQuery.Rendering(
            request.getInstructions(),
            request.getGeometry() != Geometry.GEOMETRY_NONE,
            false,
            false,
            Messages.structure(request.getGeometry())));
  }

  @Override
  public GetRouteResponse response(
      String tenant, GetRouteRequest request, Answer answer, Set<Step> left) {
    if (!(answer instanceof Paths found)) {
      throw new IllegalStateException("no answer to a route: " + answer.getClass());
    }
    return GetRouteResponse.newBuilder()
        .setRoute(route(found.paths().getFirst(), Messages.decimals(request.getGeometry())))
        .addAllDegradations(Messages.degradations(left))
        .build();
  }

  static Route route(Paths.Path path, int decimals) {
    Route.Builder route =
        Route.newBuilder()
            .setDistanceMeters(path.distanceMeters())
            .setDuration(Messages.duration(path.millis()));
    if (path.polyline() != null) {
      route.setPolyline(Messages.polyline(path.polyline(), decimals));
    }
    Paths.Bounds bounds = path.bounds();
    if (bounds != null) {
      route.setBounds(
          Bounds.newBuilder()
              .setSouthwest(Messages.location(bounds.south(), bounds.west()))
              .setNortheast(Messages.location(bounds.north(), bounds.east())));
    }
    for (Coordinate place : path.snapped()) {
      route.addSnapped(Messages.location(place));
    }
    for (Paths.Instruction instruction : path.instructions()) {
      route.addInstructions(instruction(instruction));
    }
    return route.build();
  }

  private static Instruction instruction(Paths.Instruction of) {
    return Instruction.newBuilder()
        .setText(of.text())
        .setStreet(of.street())
        .setDistanceMeters(of.distanceMeters())
        .setDuration(Messages.duration(of.millis()))
        .setSign(of.sign())
        .setFirstPoint(of.firstPoint())
        .setLastPoint(of.lastPoint())
        .build();
  }

  @Override
  public GetRouteResponse estimate(double distanceMeters, long millis) {
    return GetRouteResponse.newBuilder()
        .setRoute(
            Route.newBuilder()
                .setDistanceMeters(distanceMeters)
                .setDuration(Messages.duration(millis)))
        .addAllDegradations(Messages.degradations(Set.of(Step.ESTIMATE)))
        .build();
  }
}
