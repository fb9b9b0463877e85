package dev.weir.proxy.rides;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.weir.proxy.Server;
import dev.weir.proxy.TestSettings;
import dev.weir.v1.GetRouteRequest;
import dev.weir.v1.ListQuotesRequest;
import dev.weir.v1.ListQuotesResponse;
import dev.weir.v1.Location;
import dev.weir.v1.Quote;
import dev.weir.v1.QuoteRideRequest;
import dev.weir.v1.QuoteRideResponse;
import dev.weir.v1.RideServiceGrpc;
import dev.weir.v1.RideServiceGrpc.RideServiceBlockingStub;
import dev.weir.v1.Route;
import dev.weir.v1.RoutingServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A whole server on the map of Monaco, asked by gRPC and by REST. */
final class RideServiceTest {

  private static final Location FROM = place(43.7384, 7.4246);
  private static final Location TO = place(43.7311, 7.4197);
  private static final QuoteRideRequest RIDE =
      QuoteRideRequest.newBuilder().setProfile("car").setOrigin(FROM).setDestination(TO).build();

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static Server server;
  private static ManagedChannel channel;

  @BeforeAll
  static void start() throws Exception {
    server = Server.start(TestSettings.withGrpc(TestSettings.monaco()), _ -> {});
    channel = NettyChannelBuilder.forAddress("127.0.0.1", server.grpcPort()).usePlaintext().build();
  }

  @AfterAll
  static void stop() {
    channel.shutdownNow();
    HTTP.shutdownNow();
    server.close();
  }

  private static Location place(double latitude, double longitude) {
    return Location.newBuilder().setLatitude(latitude).setLongitude(longitude).build();
  }

  private static RideServiceBlockingStub rides() {
    return RideServiceGrpc.newBlockingStub(channel).withDeadlineAfter(20, TimeUnit.SECONDS);
  }

  private static <M extends Message.Builder> M rest(HttpRequest.Builder request, M into)
      throws Exception {
    HttpResponse<String> response =
        HTTP.send(
            request.uri(URI.create("http://127.0.0.1:" + server.httpPort() + "/v1/quotes")).build(),
            BodyHandlers.ofString());
    assertEquals(200, response.statusCode(), response::body);
    JsonFormat.parser().merge(response.body(), into);
    return into;
  }

  private static Quote quoteByRest() throws Exception {
    return rest(
            HttpRequest.newBuilder()
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JsonFormat.printer().print(RIDE))),
            QuoteRideResponse.newBuilder())
        .getQuote();
  }

  @Test
  void bothTransportsGiveTheSameFareForTheSameRideWhichIsThatOfItsRoute() throws Exception {
    Quote byGrpc = rides().quoteRide(RIDE).getQuote();
    Quote byRest = quoteByRest();
    Route route =
        RoutingServiceGrpc.newBlockingStub(channel)
            .withDeadlineAfter(20, TimeUnit.SECONDS)
            .getRoute(
                GetRouteRequest.newBuilder()
                    .setProfile("car")
                    .setOrigin(FROM)
                    .setDestination(TO)
                    .build())
            .getRoute();

    assertEquals(byGrpc.getFare(), byRest.getFare());
    assertEquals(byGrpc.getDistanceMeters(), byRest.getDistanceMeters());
    assertEquals(byGrpc.getDuration(), byRest.getDuration());
    assertNotEquals(byGrpc.getId(), byRest.getId());
    assertEquals(route.getDistanceMeters(), byGrpc.getDistanceMeters(), 0.001);
    assertEquals(route.getDuration(), byGrpc.getDuration());
    assertTrue(byGrpc.getFare().getLow().getUnits() >= 5, byGrpc::toString);
  }

  @Test
  void whatOneTransportQuotedTheOtherLists() throws Exception {
    Quote byGrpc = rides().quoteRide(RIDE).getQuote();
    Quote byRest = quoteByRest();

    List<Quote> listed =
        rest(HttpRequest.newBuilder(), ListQuotesResponse.newBuilder()).getQuotesList();

    assertEquals(List.of(byRest, byGrpc), listed.subList(0, 2));
    assertEquals(
        listed, rides().listQuotes(ListQuotesRequest.getDefaultInstance()).getQuotesList());
  }
}
