package dev.weir.proxy.transport.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.Message;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.JsonFormat;
import dev.weir.proxy.Server;
import dev.weir.proxy.TestSettings;
import dev.weir.proxy.transport.FrameClient;
import dev.weir.v1.FindNearestRequest;
import dev.weir.v1.FindNearestResponse;
import dev.weir.v1.Geometry;
import dev.weir.v1.GetIsochroneRequest;
import dev.weir.v1.GetIsochroneResponse;
import dev.weir.v1.GetMatrixRequest;
import dev.weir.v1.GetMatrixResponse;
import dev.weir.v1.GetRouteRequest;
import dev.weir.v1.GetRouteResponse;
import dev.weir.v1.Instruction;
import dev.weir.v1.Location;
import dev.weir.v1.Route;
import dev.weir.v1.RoutingServiceGrpc;
import dev.weir.v1.RoutingServiceGrpc.RoutingServiceBlockingStub;
import dev.weir.v1.Search;
import dev.weir.v1.StreamRoutesRequest;
import dev.weir.v1.StreamRoutesResponse;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The same question gets the same answer over GraphHopper's paths, REST (query and body), Connect
 * (JSON and binary) and gRPC, by HTTP/1.1 and by HTTP/2, from the real engine; streams do in all
 * forms of them.
 */
final class SameAnswersTest {

  private static final long SEED = 20_261_129;
  private static final int ROUTES = 40;
  private static final int ISOCHRONES = 40;
  private static final String CONNECT = "/weir.v1.RoutingService/";
  private static final ObjectMapper JSON = new ObjectMapper();

  private static @Nullable Server server;
  private static @Nullable ManagedChannel channel;
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @BeforeAll
  static void start() throws Exception {
    Server started = Server.start(TestSettings.withGrpc(TestSettings.monaco()), _ -> {});
    server = started;
    channel =
        NettyChannelBuilder.forAddress("127.0.0.1", started.grpcPort()).usePlaintext().build();
  }

  @AfterAll
  static void stop() {
    if (channel != null) {
      channel.shutdownNow();
    }
    if (server != null) {
      server.close();
    }
  }

  private static RoutingServiceBlockingStub grpc() {
    return RoutingServiceGrpc.newBlockingStub(channel).withDeadlineAfter(30, TimeUnit.SECONDS);
  }

  private static HttpResponse<String> get(String target) throws Exception {
    HttpResponse<String> response = send(request(target));
    if (target.startsWith("/v1")) {
      try (FrameClient http2 = new FrameClient(httpPort()).greet()) {
        assertSame(response, http2.get(target));
      }
    }
    return response;
  }

  private static int httpPort() {
    return server == null ? 0 : server.httpPort();
  }

  private static HttpRequest.Builder request(String target) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort() + target))
        .timeout(Duration.ofSeconds(30));
  }

  private static void assertSame(HttpResponse<String> one, FrameClient.Response two) {
    assertEquals(one.statusCode(), two.status());
    assertEquals(one.body(), two.body());
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  private static HttpResponse<String> post(String target, Message body) throws Exception {
    String json = JsonFormat.printer().print(body);
    HttpResponse<String> response =
        send(
            request(target)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    try (FrameClient http2 = new FrameClient(httpPort()).greet()) {
      assertSame(response, http2.post(target, "application/json", json.getBytes(UTF_8)));
    }
    return response;
  }

  private static HttpResponse<byte[]> postBinary(String target, Message body) throws Exception {
    HttpResponse<byte[]> response =
        HTTP.send(
            request(target)
                .header("Content-Type", "application/proto")
                .POST(BodyPublishers.ofByteArray(body.toByteArray()))
                .build(),
            BodyHandlers.ofByteArray());
    try (FrameClient http2 = new FrameClient(httpPort()).greet()) {
      assertArrayEquals(
          response.body(), http2.post(target, "application/proto", body.toByteArray()).bytes());
    }
    return response;
  }

  private static <T extends Message.Builder> T read(HttpResponse<String> response, T into)
      throws Exception {
    assertEquals(200, response.statusCode(), response::body);
    JsonFormat.parser().merge(response.body(), into);
    return into;
  }

  private static Location place(SplittableRandom random) {
    return Location.newBuilder()
        .setLatitude(Math.round(random.nextDouble(43.727, 43.748) * 1e5) / 1e5)
        .setLongitude(Math.round(random.nextDouble(7.412, 7.435) * 1e5) / 1e5)
        .build();
  }

  private static String query(String field, Location place) {
    return String.format(
        Locale.ROOT,
        "%s.latitude=%s&%s.longitude=%s",
        field,
        place.getLatitude(),
        field,
        place.getLongitude());
  }

  private static String point(Location place) {
    return "&point=" + place.getLatitude() + "," + place.getLongitude();
  }

  @Test
  void routesAreTheSame() throws Exception {
    SplittableRandom random = new SplittableRandom(SEED);
    int found = 0;
    for (int i = 0; i < ROUTES; i++) {
      boolean flexible = i % 2 == 0;
      GetRouteRequest request =
          GetRouteRequest.newBuilder()
              .setProfile("car")
              .setOrigin(place(random))
              .setDestination(place(random))
              .setSearch(flexible ? Search.SEARCH_FLEXIBLE : Search.SEARCH_UNSPECIFIED)
              .setInstructions(true)
              .setLocale("de")
              .build();
      HttpResponse<String> own =
          get(
              "/route?profile=car&locale=de"
                  + point(request.getOrigin())
                  + point(request.getDestination())
                  + (flexible ? "&ch.disable=true&lm.disable=true" : ""));
      HttpResponse<String> byQuery =
          get(
              "/v1/profiles/car/route?instructions=true&locale=de&search="
                  + request.getSearch()
                  + "&"
                  + query("origin", request.getOrigin())
                  + "&"
                  + query("destination", request.getDestination()));
      HttpResponse<String> byBody =
          post("/v1/profiles/car/route", request.toBuilder().clearProfile().build());
      if (own.statusCode() == 200) {
        found++;
        GetRouteResponse answer = grpc().getRoute(request);
        assertSame(answer, byQuery, byBody, "GetRoute", request);
        assertSame(JSON.readTree(own.body()).at("/paths/0"), answer.getRoute());
      } else {
        StatusRuntimeException none = refusal(() -> grpc().getRoute(request));
        assertSameFault(none, own, byQuery, byBody, "GetRoute", request);
      }
    }
    assertTrue(found > ROUTES / 4, found + " routes, seed " + SEED);
  }

  private static void assertSame(
      Message answer,
      HttpResponse<String> byQuery,
      HttpResponse<String> byBody,
      String method,
      Message request)
      throws Exception {
    assertEquals(answer, read(byQuery, answer.newBuilderForType()).build());
    assertEquals(answer, read(byBody, answer.newBuilderForType()).build());
    assertEquals(answer, read(post(CONNECT + method, request), answer.newBuilderForType()).build());
    assertEquals(
        answer, answer.getParserForType().parseFrom(postBinary(CONNECT + method, request).body()));
  }

  private static void assertSameFault(
      StatusRuntimeException fault,
      HttpResponse<String> own,
      HttpResponse<String> byQuery,
      HttpResponse<String> byBody,
      String method,
      Message request)
      throws Exception {
    assertEquals(byQuery.body(), byBody.body());
    assertEquals(own.statusCode() == 400, byQuery.statusCode() / 100 == 4);
    assertEquals(
        JSON.readTree(byQuery.body()).get("code").intValue(), fault.getStatus().getCode().value());
    assertEquals(
        JSON.readTree(own.body()).get("message").textValue(), fault.getStatus().getDescription());
    assertSameFault(fault, post(CONNECT + method, request).body());
    assertSameFault(fault, new String(postBinary(CONNECT + method, request).body(), UTF_8));
  }

  private static void assertSameFault(StatusRuntimeException fault, String connect)
      throws Exception {
    JsonNode told = JSON.readTree(connect);
    assertEquals(
        fault.getStatus().getCode().name().toLowerCase(Locale.ROOT), told.get("code").textValue());
    assertEquals(fault.getStatus().getDescription(), told.get("message").textValue());
  }

  private static void assertSame(JsonNode path, Route route) {
    assertEquals(path.get("distance").doubleValue(), route.getDistanceMeters(), 0.001);
    assertEquals(path.get("time").longValue(), Durations.toMillis(route.getDuration()));
    assertEquals(path.get("points").textValue(), route.getPolyline().getEncoded());
    List<String> texts = new ArrayList<>();
    path.get("instructions").forEach(each -> texts.add(each.get("text").textValue()));
    assertEquals(texts, route.getInstructionsList().stream().map(Instruction::getText).toList());
    int lastTurn = Math.max(0, texts.size() - 2);
    JsonNode last = path.get("instructions").get(lastTurn).get("interval");
    Instruction lastTold = route.getInstructions(lastTurn);
    assertEquals(last.get(0).intValue(), lastTold.getFirstPoint());
    assertEquals(last.get(1).intValue(), lastTold.getLastPoint());
    assertEquals(
        path.get("bbox").get(1).doubleValue(),
        route.getBounds().getSouthwest().getLatitude(),
        1e-6);
  }

  private static StatusRuntimeException refusal(Runnable call) {
    try {
      call.run();
    } catch (StatusRuntimeException e) {
      return e;
    }
    throw new AssertionError("it was answered");
  }

  @Test
  void severalRoutesBeginWithTheBestOne() {
    GetRouteRequest route =
        GetRouteRequest.newBuilder()
            .setProfile("car")
            .setOrigin(Location.newBuilder().setLatitude(43.7384).setLongitude(7.4246))
            .setDestination(Location.newBuilder().setLatitude(43.7311).setLongitude(7.4197))
            .build();
    Route best = grpc().getRoute(route).getRoute();
    List<StreamRoutesResponse> all = new ArrayList<>();
    grpc()
        .streamRoutes(
            StreamRoutesRequest.newBuilder().setRoute(route).setMaxAlternatives(3).build())
        .forEachRemaining(all::add);

    assertEquals(best, all.getFirst().getRoute());
    for (int i = 0; i < all.size(); i++) {
      assertEquals(i, all.get(i).getVariant());
      assertTrue(all.get(i).getRoute().getDistanceMeters() > 0);
    }
  }

  @Test
  void aMatrixSaysWhatRoutesSay() {
    SplittableRandom random = new SplittableRandom(SEED);
    GetMatrixRequest.Builder request = GetMatrixRequest.newBuilder().setProfile("car");
    request.addOrigins(Location.newBuilder().setLatitude(43.7384).setLongitude(7.4246));
    request.addOrigins(Location.newBuilder().setLatitude(43.7311).setLongitude(7.4197));
    for (int i = 0; i < 5; i++) {
      request.addDestinations(place(random));
    }
    List<GetMatrixResponse> rows = new ArrayList<>();
    grpc().getMatrix(request.build()).forEachRemaining(rows::add);

    assertEquals(2, rows.size());
    for (GetMatrixResponse row : rows) {
      assertEquals(5, row.getCellsCount());
      for (int i = 0; i < 5; i++) {
        GetRouteRequest route =
            GetRouteRequest.newBuilder()
                .setProfile("car")
                .setOrigin(request.getOrigins(row.getOrigin()))
                .setDestination(request.getDestinations(i))
                .build();
        if (row.getCells(i).getReachable()) {
          assertEquals(
              grpc().getRoute(route).getRoute().getDistanceMeters(),
              row.getCells(i).getDistanceMeters(),
              1,
              "seed " + SEED);
        } else {
          assertEquals(
              Status.Code.NOT_FOUND, refusal(() -> grpc().getRoute(route)).getStatus().getCode());
        }
      }
    }
  }

  @Test
  void streamsAreTheSame() throws Exception {
    GetRouteRequest route =
        GetRouteRequest.newBuilder()
            .setProfile("car")
            .setOrigin(Location.newBuilder().setLatitude(43.7384).setLongitude(7.4246))
            .setDestination(Location.newBuilder().setLatitude(43.7311).setLongitude(7.4197))
            .build();
    SplittableRandom random = new SplittableRandom(SEED);
    StreamRoutesRequest.Builder variants = StreamRoutesRequest.newBuilder().setRoute(route);
    GetMatrixRequest.Builder matrix = GetMatrixRequest.newBuilder().setProfile("car");
    for (int i = 0; i < 5; i++) {
      variants.getViaPointsBuilder().addLocations(place(random));
      matrix.addOrigins(place(random)).addDestinations(place(random));
    }
    String routes = "/v1/profiles/car/route:stream";
    String rows = "/v1/profiles/car/matrix:stream";

    assertSameStream(
        grpc().streamRoutes(variants.build()),
        StreamedAnswers.of(httpPort(), routes, "StreamRoutes", variants.build()),
        StreamRoutesResponse.getDefaultInstance());
    StreamRoutesRequest alternatives = variants.clone().setMaxAlternatives(3).build();
    assertSameStream(
        grpc().streamRoutes(alternatives),
        StreamedAnswers.of(httpPort(), routes, "StreamRoutes", alternatives),
        StreamRoutesResponse.getDefaultInstance());
    assertSameStream(
        grpc().getMatrix(matrix.build()),
        StreamedAnswers.of(httpPort(), rows, "GetMatrix", matrix.build()),
        GetMatrixResponse.getDefaultInstance());

    Location abroad = Location.newBuilder().setLatitude(10).setLongitude(10).build();
    variants.getViaPointsBuilder().addLocations(1, abroad);
    assertSameStream(
        grpc().streamRoutes(variants.build()),
        StreamedAnswers.of(httpPort(), routes, "StreamRoutes", variants.build()),
        StreamRoutesResponse.getDefaultInstance());
    assertSameStream(
        grpc().getMatrix(matrix.clone().clearOrigins().build()),
        StreamedAnswers.of(httpPort(), rows, "GetMatrix", matrix.clone().clearOrigins().build()),
        GetMatrixResponse.getDefaultInstance());
  }

  /** To the end, be it a good one or not. */
  private static <T extends Message> void assertSameStream(
      Iterator<T> grpc, StreamedAnswers http, T prototype) throws Exception {
    List<Message> messages = new ArrayList<>();
    String fault = "";
    try {
      grpc.forEachRemaining(messages::add);
    } catch (StatusRuntimeException e) {
      fault = String.valueOf(e.getStatus().getDescription());
    }
    for (StreamedAnswers.Heard heard :
        List.of(
            http.lines(prototype),
            http.events(prototype),
            http.array(prototype),
            http.connectJson(prototype),
            http.connectProto(prototype))) {
      assertEquals(messages, heard.messages());
      assertEquals(fault, heard.fault());
    }
  }

  @Test
  void isochronesAreTheSame() throws Exception {
    SplittableRandom random = new SplittableRandom(SEED);
    int found = 0;
    int severalParts = 0;
    int holes = 0;
    for (int i = 0; i < ISOCHRONES; i++) {
      boolean byTime = i % 7 < 4;
      int reach = random.nextInt(20, 150) * (byTime ? 1 : 10);
      GetIsochroneRequest.Builder draft =
          GetIsochroneRequest.newBuilder()
              .setProfile("car")
              .setCenter(place(random))
              .setBuckets(1 + i % 4)
              .setTowardCenter(i % 2 == 0)
              .setAllParts(i % 3 != 0)
              .setGeometry(
                  i % 5 < 2 ? Geometry.GEOMETRY_POLYLINE_6 : Geometry.GEOMETRY_UNSPECIFIED);
      if (byTime) {
        draft.setDuration(Durations.fromSeconds(reach));
      } else {
        draft.setDistanceMeters(reach);
      }
      GetIsochroneRequest request = draft.build();
      HttpResponse<String> own =
          get(
              "/isochrone?profile=car&buckets="
                  + request.getBuckets()
                  + (byTime ? "&time_limit=" : "&distance_limit=")
                  + reach
                  + "&reverse_flow="
                  + request.getTowardCenter()
                  + "&full_geometry="
                  + request.getAllParts()
                  + point(request.getCenter()));
      HttpResponse<String> byQuery =
          get(
              "/v1/profiles/car/isochrone?buckets="
                  + request.getBuckets()
                  + (byTime ? "&duration=" + reach + "s" : "&distanceMeters=" + reach)
                  + "&towardCenter="
                  + request.getTowardCenter()
                  + "&allParts="
                  + request.getAllParts()
                  + "&geometry="
                  + request.getGeometry()
                  + "&"
                  + query("center", request.getCenter()));
      HttpResponse<String> byBody =
          post("/v1/profiles/car/isochrone", request.toBuilder().clearProfile().build());
      if (own.statusCode() == 200) {
        found++;
        GetIsochroneResponse answer = grpc().getIsochrone(request);
        assertSame(answer, byQuery, byBody, "GetIsochrone", request);
        Rings.assertSame(JSON.readTree(own.body()).get("polygons"), answer);
        severalParts += Rings.areasOfSeveralParts(answer);
        holes += Rings.holes(answer);
      } else {
        StatusRuntimeException none = refusal(() -> grpc().getIsochrone(request));
        assertSameFault(none, own, byQuery, byBody, "GetIsochrone", request);
      }
    }
    assertTrue(found > ISOCHRONES / 2, found + " isochrones, seed " + SEED);
    assertTrue(severalParts > 0 && holes > 0, severalParts + " and " + holes + ", seed " + SEED);
  }

  @Test
  void nearestRoadsAreTheSame() throws Exception {
    Location center = Location.newBuilder().setLatitude(43.7384).setLongitude(7.4246).build();
    FindNearestRequest place = FindNearestRequest.newBuilder().setLocation(center).build();
    FindNearestResponse near = grpc().findNearest(place);
    assertEquals(
        near, FindNearestResponse.parseFrom(postBinary(CONNECT + "FindNearest", place).body()));
    assertEquals(
        near,
        read(
                get("/v1/roads:nearest?" + query("location", center)),
                FindNearestResponse.newBuilder())
            .build());
    JsonNode nearest = JSON.readTree(get("/nearest?" + point(center).substring(1)).body());
    assertEquals(nearest.get("distance").doubleValue(), near.getDistanceMeters());
    assertEquals(nearest.at("/coordinates/1").doubleValue(), near.getLocation().getLatitude());
  }

  @Test
  void aProfileThatIsNotThereIsTheSameMistakeEverywhere() throws Exception {
    GetRouteRequest request =
        GetRouteRequest.newBuilder()
            .setProfile("hovercraft")
            .setOrigin(Location.newBuilder().setLatitude(43.7384).setLongitude(7.4246))
            .setDestination(Location.newBuilder().setLatitude(43.7311).setLongitude(7.4197))
            .build();

    StatusRuntimeException mistake = refusal(() -> grpc().getRoute(request));
    HttpResponse<String> rest =
        post("/v1/profiles/hovercraft/route", request.toBuilder().clearProfile().build());

    assertEquals(Status.Code.INVALID_ARGUMENT, mistake.getStatus().getCode());
    assertEquals(400, rest.statusCode());
    assertEquals(
        JSON.readTree(rest.body()).get("message").textValue(),
        mistake.getStatus().getDescription());
    assertSameFault(mistake, post(CONNECT + "GetRoute", request).body());
  }
}
