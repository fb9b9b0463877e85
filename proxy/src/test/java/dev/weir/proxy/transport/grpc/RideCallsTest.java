package dev.weir.proxy.transport.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Any;
import com.google.protobuf.util.Durations;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.type.Money;
import dev.weir.proxy.TestSettings;
import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.proxy.path.Reply;
import dev.weir.proxy.path.TransportObserver.Resource;
import dev.weir.proxy.transport.BindFailed;
import dev.weir.proxy.transport.FakeApplication;
import dev.weir.proxy.transport.RecordingObserver;
import dev.weir.routing.Paths;
import dev.weir.routing.RouteQuery;
import dev.weir.v1.ListQuotesRequest;
import dev.weir.v1.ListQuotesResponse;
import dev.weir.v1.Location;
import dev.weir.v1.Quote;
import dev.weir.v1.QuoteRideRequest;
import dev.weir.v1.RideServiceGrpc;
import dev.weir.v1.RideServiceGrpc.RideServiceBlockingStub;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Quotes over gRPC, with a fake application behind them and a real client before them. */
final class RideCallsTest {

  private static final InstantSource NOW =
      InstantSource.fixed(Instant.parse("2026-11-02T06:08:15.250Z"));
  private static final QuoteRideRequest RIDE =
      QuoteRideRequest.newBuilder()
          .setProfile("car")
          .setOrigin(Location.newBuilder().setLatitude(43.7384).setLongitude(7.4246))
          .setDestination(Location.newBuilder().setLatitude(43.7311).setLongitude(7.4197))
          .build();

  private final FakeApplication application = new FakeApplication();
  private final RecordingObserver observer = new RecordingObserver();
  private final GrpcServer server =
      TestGrpc.server(TestSettings.grpc(true), application, observer, System::nanoTime, NOW);
  private ManagedChannel channel;

  @BeforeEach
  void open() throws BindFailed {
    server.start();
    channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
    application.answerWith(route(12_345.6789, 1_080_000));
  }

  @AfterEach
  void close() {
    channel.shutdownNow();
    server.close();
    application.close();
  }

  private static Reply route(double meters, long millis) {
    return new Reply.Routed(
        new Paths(List.of(new Paths.Path(meters, millis, null, null, List.of(), List.of())), 1));
  }

  private RideServiceBlockingStub client(String key) {
    Metadata head = new Metadata();
    head.put(Metadata.Key.of("x-api-key", Metadata.ASCII_STRING_MARSHALLER), key);
    return RideServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(20, TimeUnit.SECONDS)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(head));
  }

  private static ListQuotesRequest page(int size, String token) {
    return ListQuotesRequest.newBuilder().setPageSize(size).setPageToken(token).build();
  }

  private static String reason(StatusRuntimeException end) throws Exception {
    for (Any detail : Objects.requireNonNull(StatusProto.fromThrowable(end)).getDetailsList()) {
      if (detail.is(ErrorInfo.class)) {
        return detail.unpack(ErrorInfo.class).getReason();
      }
    }
    throw new AssertionError("no reason in " + end);
  }

  @Test
  void aRideHasAFareThatHoldsForAWhile() throws Exception {
    Quote quote = client("one").quoteRide(RIDE).getQuote();

    assertEquals(12_345.679, quote.getDistanceMeters());
    assertEquals(Durations.fromSeconds(1_080), quote.getDuration());
    assertEquals(money(22, 380_000_000), quote.getFare().getLow());
    assertEquals(money(33, 570_000_000), quote.getFare().getHigh());
    Instant end = Instant.parse("2026-11-02T06:13:15.250Z");
    assertEquals(end.getEpochSecond(), quote.getValidUntil().getSeconds());
    assertEquals(end.getNano(), quote.getValidUntil().getNanos());
    assertEquals(Resource.QUOTE_RIDE, observer.nextAnswer().resource());
    RouteQuery.Route asked = (RouteQuery.Route) application.next().call().query().read();
    assertFalse(asked.rendering().calcPoints());
    assertFalse(asked.rendering().instructions());
  }

  private static Money money(long units, int nanos) {
    return Money.newBuilder().setCurrencyCode("EUR").setUnits(units).setNanos(nanos).build();
  }

  @Test
  void aTenantIsListedItsOwnQuotesPageByPageWithoutAskingTheEngine() throws Exception {
    Quote first = client("one").quoteRide(RIDE).getQuote();
    client("two").quoteRide(RIDE);
    Quote second = client("one").quoteRide(RIDE).getQuote();
    for (int i = 0; i < 3; i++) {
      application.next();
      observer.nextAnswer();
    }

    ListQuotesResponse newest = client("one").listQuotes(page(1, ""));
    ListQuotesResponse oldest = client("one").listQuotes(page(1, newest.getNextPageToken()));

    assertEquals(List.of(second), newest.getQuotesList());
    assertEquals(List.of(first), oldest.getQuotesList());
    assertEquals("", oldest.getNextPageToken());
    assertEquals(1, client("two").listQuotes(page(0, "")).getQuotesCount());
    assertFalse(application.hasArrivals());
    assertEquals(Resource.LIST_QUOTES, observer.nextAnswer().resource());
  }

  @Test
  void aTokenOfAnotherTenantIsAnInvalidArgument() throws Exception {
    client("one").quoteRide(RIDE);
    client("one").quoteRide(RIDE);
    String token = client("one").listQuotes(page(1, "")).getNextPageToken();

    for (ListQuotesRequest request : List.of(page(1, token), page(1, "nonsense"))) {
      StatusRuntimeException end =
          assertThrows(StatusRuntimeException.class, () -> client("two").listQuotes(request));
      assertEquals(Status.Code.INVALID_ARGUMENT, end.getStatus().getCode());
      assertEquals("INVALID_PAGE_TOKEN", reason(end));
      assertEquals(
          "page_token",
          Objects.requireNonNull(StatusProto.fromThrowable(end))
              .getDetails(1)
              .unpack(BadRequest.class)
              .getFieldViolations(0)
              .getField());
    }
  }

  @Test
  void aPageWithoutASizeHasFiftyAndMoreThanTwoHundredAreInvalid() throws Exception {
    for (int i = 0; i < 51; i++) {
      client("one").quoteRide(RIDE);
    }

    ListQuotesResponse page = client("one").listQuotes(page(0, ""));
    assertEquals(50, page.getQuotesCount());
    assertFalse(page.getNextPageToken().isEmpty());
    assertEquals(51, client("one").listQuotes(page(200, "")).getQuotesCount());
    StatusRuntimeException end =
        assertThrows(StatusRuntimeException.class, () -> client("one").listQuotes(page(201, "")));
    assertEquals(Status.Code.INVALID_ARGUMENT, end.getStatus().getCode());
    assertEquals("INVALID_FIELD", reason(end));
  }

  @Test
  void anEstimateGivesNoQuote() throws Exception {
    application.answerWith(new Reply.Estimated(1_000, 60_000));

    StatusRuntimeException end =
        assertThrows(StatusRuntimeException.class, () -> client("one").quoteRide(RIDE));

    assertEquals(Status.Code.UNAVAILABLE, end.getStatus().getCode());
    assertEquals("OVER_CAPACITY", reason(end));
    assertTrue(client("one").listQuotes(page(0, "")).getQuotesList().isEmpty());
  }

  @Test
  void aRefusalForWantOfRoomDoesNotKeepQuotesFromBeingListed() throws Exception {
    application.refuseWith(new Refusal(Reason.QUEUE_FULL, Duration.ofSeconds(1)));

    assertThrows(StatusRuntimeException.class, () -> client("one").quoteRide(RIDE));
    assertTrue(client("one").listQuotes(page(0, "")).getQuotesList().isEmpty());
  }

  @Test
  void whoeverIsUnknownIsToldNothing() throws Exception {
    application.disownWith(new Refusal(Reason.KEY_REQUIRED, Duration.ZERO));

    StatusRuntimeException end =
        assertThrows(StatusRuntimeException.class, () -> client("one").listQuotes(page(0, "")));

    assertEquals(Status.Code.UNAUTHENTICATED, end.getStatus().getCode());
    assertEquals("KEY_REQUIRED", reason(end));
  }
}
