package dev.weir.proxy.transport.contract;

import com.google.protobuf.util.Timestamps;
import dev.weir.proxy.path.Quote;
import dev.weir.proxy.path.QuoteBook;
import dev.weir.proxy.path.Step;
import dev.weir.proxy.path.TransportObserver.Resource;
import dev.weir.routing.Answer;
import dev.weir.routing.Paths;
import dev.weir.routing.RequestKind;
import dev.weir.routing.RouteQuery;
import dev.weir.v1.FareRange;
import dev.weir.v1.Geometry;
import dev.weir.v1.GetRouteRequest;
import dev.weir.v1.QuoteRideRequest;
import dev.weir.v1.QuoteRideResponse;
import java.util.Currency;
import java.util.Map;
import java.util.Set;

/** {@code RideService.QuoteRide}: a price rests on a route, so an estimate gives none. */
public final class QuoteRide implements Unary<QuoteRideRequest, QuoteRideResponse> {

  private static final double MILLIMETERS = 1_000;

  private final QuoteBook quotes;

  public QuoteRide(QuoteBook quotes) {
    this.quotes = quotes;
  }

  @Override
  public Resource resource() {
    return Resource.QUOTE_RIDE;
  }

  @Override
  public RequestKind kind() {
    return RequestKind.ROUTE;
  }

  @Override
  public QuoteRideRequest prototype() {
    return QuoteRideRequest.getDefaultInstance();
  }

  @Override
  public RouteQuery.Route query(QuoteRideRequest request) {
    GetRouteRequest route =
        GetRouteRequest.newBuilder()
            .setProfile(request.getProfile())
            .setOrigin(request.getOrigin())
            .setDestination(request.getDestination())
            .setGeometry(Geometry.GEOMETRY_NONE)
            .build();
    return GetRoute.query(route, "", Map.of());
  }

  @Override
  public QuoteRideResponse response(
      String tenant, QuoteRideRequest request, Answer answer, Set<Step> left) {
    if (!(answer instanceof Paths found)) {
      throw new IllegalStateException("no answer to a route: " + answer.getClass());
    }
    Paths.Path path = found.paths().getFirst();
    long millimeters = Math.round(path.distanceMeters() * MILLIMETERS);
    return QuoteRideResponse.newBuilder()
        .setQuote(message(quotes.quote(tenant, millimeters, path.millis())))
        .addAllDegradations(Messages.degradations(left))
        .build();
  }

  static dev.weir.v1.Quote message(Quote quote) {
    Currency currency = quote.fare().currency();
    return dev.weir.v1.Quote.newBuilder()
        .setId(quote.id())
        .setDistanceMeters(quote.distanceMillimeters() / MILLIMETERS)
        .setDuration(Messages.duration(quote.millis()))
        .setFare(
            FareRange.newBuilder()
                .setLow(Messages.money(currency, quote.fare().low()))
                .setHigh(Messages.money(currency, quote.fare().high())))
        .setValidUntil(Timestamps.fromMillis(quote.validUntil().toEpochMilli()))
        .build();
  }
}
