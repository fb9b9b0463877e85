package dev.weir.proxy.transport.contract;

import dev.weir.proxy.path.Step;
import dev.weir.proxy.path.TransportObserver.Resource;
import dev.weir.routing.Answer;
import dev.weir.routing.Coordinate;
import dev.weir.routing.Legs;
import dev.weir.routing.RequestKind;
import dev.weir.routing.RouteQuery;
import dev.weir.v1.GetMatrixRequest;
import dev.weir.v1.GetMatrixResponse;
import dev.weir.v1.Location;
import dev.weir.v1.MatrixCell;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** {@code RoutingService.GetMatrix}: a row after the other. */
public final class GetMatrix implements Streamed<GetMatrixRequest, GetMatrixResponse> {

  @Override
  public Resource resource() {
    return Resource.GET_MATRIX;
  }

  @Override
  public RequestKind kind() {
    return RequestKind.MATRIX;
  }

  @Override
  public String event() {
    return "row";
  }

  @Override
  public GetMatrixRequest prototype() {
    return GetMatrixRequest.getDefaultInstance();
  }

  @Override
  public List<Turn<GetMatrixResponse>> turns(GetMatrixRequest request) {
    List<Coordinate> to = request.getDestinationsList().stream().map(Messages::coordinate).toList();
    List<Turn<GetMatrixResponse>> turns = new ArrayList<>();
    for (Location from : origins(request)) {
      int row = turns.size();
      turns.add(
          new Turn<>(
              new RouteQuery.MatrixRow(request.getProfile(), Messages.coordinate(from), to),
              false,
              (answer, left) -> List.of(response(row, answer, left))));
    }
    return turns;
  }

  /** That there are none breaks a rule, which is noticed when a turn is asked. */
  private static List<Location> origins(GetMatrixRequest request) {
    return request.getOriginsCount() == 0
        ? List.of(Location.getDefaultInstance())
        : request.getOriginsList();
  }

  private static GetMatrixResponse response(int origin, Answer answer, Set<Step> left) {
    if (!(answer instanceof Legs found)) {
      throw new IllegalStateException("no answer to a row: " + answer.getClass());
    }
    GetMatrixResponse.Builder response = GetMatrixResponse.newBuilder().setOrigin(origin);
    for (Legs.Leg leg : found.legs()) {
      response.addCells(
          leg == null
              ? MatrixCell.getDefaultInstance()
              : MatrixCell.newBuilder()
                  .setReachable(true)
                  .setDistanceMeters(leg.distanceMeters())
                  .setDuration(Messages.duration(leg.millis()))
                  .build());
    }
    return response.addAllDegradations(Messages.degradations(left)).build();
  }
}
