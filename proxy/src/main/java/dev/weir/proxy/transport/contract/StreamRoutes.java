package dev.weir.proxy.transport.contract;

import dev.weir.proxy.path.Step;
import dev.weir.proxy.path.TransportObserver.Resource;
import dev.weir.routing.Answer;
import dev.weir.routing.Paths;
import dev.weir.routing.RequestKind;
import dev.weir.v1.GetRouteRequest;
import dev.weir.v1.Location;
import dev.weir.v1.StreamRoutesRequest;
import dev.weir.v1.StreamRoutesResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code RoutingService.StreamRoutes}: the best route at once, then what else was asked for. */
public final class StreamRoutes implements Streamed<StreamRoutesRequest, StreamRoutesResponse> {

  @Override
  public Resource resource() {
    return Resource.STREAM_ROUTES;
  }

  @Override
  public RequestKind kind() {
    return RequestKind.ROUTE;
  }

  /**
   * As many as the contract allows. With more a request is refused, but not before turns were made.
   */
  private static final int MOST_VIA_POINTS = 10;

  @Override
  public String event() {
    return "route";
  }

  @Override
  public StreamRoutesRequest prototype() {
    return StreamRoutesRequest.getDefaultInstance();
  }

  @Override
  public List<Turn<StreamRoutesResponse>> turns(StreamRoutesRequest request) {
    GetRouteRequest route = request.getRoute();
    int decimals = Messages.decimals(route.getGeometry());
    List<Turn<StreamRoutesResponse>> turns = new ArrayList<>();
    turns.add(
        new Turn<>(
            GetRoute.query(route, "", Map.of()),
            false,
            (answer, left) -> List.of(response(paths(answer).getFirst(), left, 0, decimals))));
    switch (request.getVariantsCase()) {
      case MAX_ALTERNATIVES -> turns.add(alternatives(request, decimals));
      case VIA_POINTS -> {
        List<Location> places = request.getViaPoints().getLocationsList();
        for (int i = 0; i < Math.min(places.size(), MOST_VIA_POINTS); i++) {
          turns.add(via(route, places.get(i), i + 1, decimals));
        }
      }
      case VARIANTS_NOT_SET -> {}
    }
    return turns;
  }

  private static Turn<StreamRoutesResponse> alternatives(
      StreamRoutesRequest request, int decimals) {
    return new Turn<>(
        GetRoute.query(
            request.getRoute(),
            "alternative_route",
            Map.of("alternative_route.max_paths", request.getMaxAlternatives())),
        true,
        (answer, left) -> left.contains(Step.ALTERNATIVES) ? null : others(answer, left, decimals));
  }

  /** The first is the best route again. */
  private static List<StreamRoutesResponse> others(Answer answer, Set<Step> left, int decimals) {
    List<Paths.Path> paths = paths(answer);
    List<StreamRoutesResponse> responses = new ArrayList<>();
    for (int i = 1; i < paths.size(); i++) {
      responses.add(response(paths.get(i), left, i, decimals));
    }
    return responses;
  }

  private static Turn<StreamRoutesResponse> via(
      GetRouteRequest route, Location place, int variant, int decimals) {
    return new Turn<>(
        GetRoute.query(route.toBuilder().addIntermediates(place).build(), "", Map.of()),
        true,
        (answer, left) -> List.of(response(paths(answer).getFirst(), left, variant, decimals)));
  }

  private static List<Paths.Path> paths(@Nullable Answer answer) {
    if (answer instanceof Paths found) {
      return found.paths();
    }
    throw new IllegalStateException("no answer to a route: " + answer);
  }

  private static StreamRoutesResponse response(
      Paths.Path path, Set<Step> left, int variant, int decimals) {
    return StreamRoutesResponse.newBuilder()
        .setRoute(GetRoute.route(path, decimals))
        .addAllDegradations(Messages.degradations(left))
        .setVariant(variant)
        .build();
  }
}
