package dev.weir.proxy.transport.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.TestSettings;
import dev.weir.proxy.path.Sketch;
import dev.weir.proxy.path.Traits;
import dev.weir.proxy.path.Traits.Search;
import dev.weir.routing.MalformedQuery;
import dev.weir.routing.RequestKind;
import dev.weir.routing.RouteQuery;
import dev.weir.routing.graphhopper.GraphHopperEngine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A glance sees what a full reading sees, and never complains. */
final class GlanceTest {

  private static final List<RequestKind> KINDS =
      Stream.of(RequestKind.values()).filter(kind -> kind != RequestKind.MATRIX).toList();
  private static final String AB = "point=43.7384,7.4246&point=43.7311,7.4197";
  private static final String POSTED = "\"points\":[[7.4246,43.7384],[7.4197,43.7311]]";

  private static GraphHopperEngine engine;

  @BeforeAll
  static void open() throws Exception {
    engine = GraphHopperEngine.open(TestSettings.monaco().engine(), _ -> {}, System::nanoTime);
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  private static RouteQuery read(RequestKind kind, String query) throws MalformedQuery {
    Parameters parameters = new Parameters(query);
    return switch (kind) {
      case ROUTE -> RouteParameters.read(parameters);
      case ISOCHRONE -> ReachParameters.isochrone(parameters);
      case SPT -> ReachParameters.tree(parameters);
      case NEAREST -> NearestParameters.read(parameters);
      case MATRIX -> throw new AssertionError("GraphHopper has no path for it");
    };
  }

  private static void seesWhatIsRead(RequestKind kind, String query) throws MalformedQuery {
    assertEquals(Sketch.of(read(kind, query)), QueryGlance.of(kind, query), query);
  }

  /** Of a custom model a reading does not tell the hash and the length. */
  private static Traits withoutModel(Traits traits) {
    return new Traits(
        traits.kind(),
        traits.profile(),
        traits.search(),
        traits.speedModeOff(),
        traits.hybridModeOff(),
        traits.points(),
        traits.beelineMeters(),
        traits.latitude(),
        traits.longitude(),
        traits.reachSeconds(),
        traits.reachMeters(),
        traits.paths(),
        traits.modelHash() == 0 ? 0 : 1,
        0,
        traits.fullOutput(),
        traits.geometry());
  }

  private static void seesWhatIsRead(String document) throws Exception {
    byte[] body = document.getBytes(UTF_8);
    Traits read = withoutModel(Sketch.of(engine.readRoute(body)));
    assertEquals(read, withoutModel(BodyGlance.of(body, false)), document);
    assertEquals(BodyGlance.of(body, false), BodyGlance.of(gzipped(body), true), document);
  }

  private static byte[] gzipped(byte[] plain) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    }
    return out.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "profile=car&" + AB,
        AB + "&profile=car&profile=foot",
        "&&profile=car&=&x&" + AB + "&&point=43.7355,7.4212&",
        "profile=c%61r&point=43.7384%2C7.4246&point=43.7311%2c7.4197",
        "profile=a+b&p%6fint=1,2&point=+3,4&point=1e1,-2.5E0&point=NaN,7&point=.5,5.",
        "point=1,2,&point=-0.000001,+179.9999999999999999&point=123456789012345678,1",
        AB + "&algorithm=alternative_route",
        AB + "&algorithm=ALTERNATIVE_ROUTE&alternative_route.max_paths=4",
        AB + "&algorithm=alternative_route&alternative_route.maxPaths=5",
        AB + "&algorithm=alternative_route&alternative_route.max_paths=3.7",
        AB + "&algorithm=alternative_route&alternative_route.max_paths=x",
        AB
            + "&algorithm=alternative_route&alternative_route.max_paths=3"
            + "&alternative_route.max_paths=4",
        AB + "&algorithm=&algorithm=alternative_route",
        "point=43.7,7.4&algorithm=round_trip&round_trip.distance=5000&ch.disable=true",
        "point=43.7,7.4&algorithm=round_trip&ch.disable=true",
        AB + "&ch.disable=true",
        AB + "&ch.disable=TRUE&lm.disable=True",
        AB + "&ch.disable=true&ch.disable=true",
        AB + "&ch.disable=1&lm.disable=yes",
        AB + "&Ch.disable=true&lmDisable=true",
        AB + "&pass_through=true",
        AB + "&passThrough=true",
        AB + "&pass%5Fthrough=true&calcPoints=false&headIng=1",
        AB + "&heading=90",
        AB + "&heading=90&heading=NaN",
        AB + "&instructions=false",
        AB + "&instructions=no&details=time",
        AB + "&instructions=&calc_points=",
        AB + "&instructions=true&calc_points=false",
        AB + "&instructions=false&type=gpx",
        AB + "&instructions=false&type=GPX&type=json",
        AB + "&time_limit=3&curbside=any&curbside=any&point_hint=x&snap_prevention=",
      })
  void aGlanceAtARouteSeesWhatIsRead(String query) throws Exception {
    seesWhatIsRead(RequestKind.ROUTE, query);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "profile=car&point=43.7384,7.4246",
        "point=43.7384,7.4246&point=1,2&time_limit=60",
        "point=43.7384,7.4246&time_limit=60&time_limit=70",
        "point=43.7384,7.4246&time_limit=0",
        "point=43.7384,7.4246&time_limit=-5",
        "point=43.7384,7.4246&time_limit=99999999999",
        "point=43.7384,7.4246&time_limit=60&distance_limit=300",
        "point=43.7384,7.4246&time_limit=60&distance_limit=-300",
        "point=43.7384,7.4246&timeLimit=60&ch.disable=true&heading=1&algorithm=round_trip",
      })
  void aGlanceAtAReachSeesWhatIsRead(String query) throws Exception {
    seesWhatIsRead(RequestKind.ISOCHRONE, query);
    seesWhatIsRead(RequestKind.SPT, query);
    seesWhatIsRead(RequestKind.NEAREST, query);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "point=1,2&weight_limit=50&distance_limit=500&time_limit=30",
        "point=1,2&weight_limit=0&distance_limit=500&time_limit=30",
        "point=1,2&buckets=3&tolerance=0.001",
        "point=1,2&tolerance=NaN",
      })
  void aGlanceAtAnIsochroneSeesWhatIsRead(String query) throws Exception {
    seesWhatIsRead(RequestKind.ISOCHRONE, query);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"profile\":\"car\"," + POSTED + "}",
        " {" + POSTED + ", \"profile\" : \"c\\u0061r\" , \"locale\":\"de\" } ",
        "{" + POSTED + ",\"points\":[[7.4,43.7]]}",
        "{\"points\":[]}",
        "{\"points\":[[\"7.4\",\"43.7\"],[7,43,5]]}",
        "{" + POSTED + ",\"ch.disable\":true}",
        "{" + POSTED + ",\"ch.disable\":\"true\",\"lm.disable\":true}",
        "{" + POSTED + ",\"ch.disable\":true,\"ch.disable\":false,\"lm.disable\":null}",
        "{" + POSTED + ",\"pass_through\":true}",
        "{" + POSTED + ",\"headings\":[90,180]}",
        "{" + POSTED + ",\"headings\":[]}",
        "{" + POSTED + ",\"heading\":[90]}",
        "{" + POSTED + ",\"details\":[\"time\"],\"instructions\":false}",
        "{" + POSTED + ",\"details\":[],\"instructions\":false,\"calc_points\":false}",
        "{" + POSTED + ",\"instructions\":\"false\",\"calc_points\":null}",
        "{" + POSTED + ",\"algorithm\":\"alternative_route\",\"alternative_route.max_paths\":3}",
        "{" + POSTED + ",\"algorithm\":\"alternative_route\",\"alternative_route.max_paths\":[3]}",
        "{" + POSTED + ",\"algorithm\":\"round_trip\",\"round_trip.distance\":5e3}",
        "{" + POSTED + ",\"custom_model\":{\"distance_influence\":70}}",
        "{" + POSTED + ",\"custom_model\":null}",
        "{\"x\":{\"points\":[[1,2]],\"y\":[{}]},\"custom_model\":{},\"z\":[[],{}]," + POSTED + "}",
      })
  void aGlanceAtADocumentSeesWhatIsRead(String document) throws Exception {
    seesWhatIsRead(document);
  }

  @Test
  void aGlanceSeesWhatIsReadInAnyOrderOfParameters() throws Exception {
    List<String> parts =
        List.of(
            "profile=car",
            "point=43.7384,7.4246",
            "point=43.7311,7.4197",
            "point=-1.5%2C12",
            "algorithm=alternative_route",
            "algorithm=round_trip",
            "alternative_route.max_paths=3",
            "round_trip.distance=1000.5",
            "ch.disable=true",
            "lm.disable=false",
            "heading=5",
            "details=x",
            "instructions=false",
            "calc_points=false",
            "unknown=1",
            "passThrough=true");
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 2_000; i++) {
      List<String> chosen = new ArrayList<>();
      for (int n = random.nextInt(10); n > 0; n--) {
        chosen.add(parts.get(random.nextInt(parts.size())));
      }
      seesWhatIsRead(RequestKind.ROUTE, String.join("&", chosen));
    }
  }

  @Test
  void malformedQueriesAreGlancedAtWithoutComplaint() {
    SplittableRandom random = new SplittableRandom(11);
    String seed = "profile=car&" + AB + "&algorithm=round_trip&time_limit=5&ch.disable=true";
    String alphabet = "&=,.%+-0123456789eENaN\u00ff point";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder query = new StringBuilder(seed);
      for (int n = random.nextInt(8); n >= 0; n--) {
        char c = alphabet.charAt(random.nextInt(alphabet.length()));
        query.setCharAt(random.nextInt(query.length()), c);
      }
      query.setLength(random.nextInt(query.length() + 1));
      RequestKind kind = KINDS.get(random.nextInt(KINDS.size()));
      assertEquals(kind, QueryGlance.of(kind, query.toString()).kind());
    }
  }

  @Test
  void malformedDocumentsAreGlancedAtWithoutComplaint() throws Exception {
    SplittableRandom random = new SplittableRandom(13);
    byte[] seed =
        ("{\"profile\":\"car\","
                + POSTED
                + ",\"details\":[\"a\"],\"headings\":[1],\"custom_model\":{\"speed\":[{\"if\":true}]},"
                + "\"ch.disable\":true,\"round_trip.distance\":5}")
            .getBytes(UTF_8);
    byte[] alphabet = "{}[]\":,\\0123456789.eE-nulltruefalse\u00ff\0".getBytes(UTF_8);
    byte[] compressed = gzipped(seed);
    for (int i = 0; i < 20_000; i++) {
      boolean gzip = random.nextInt(4) == 0;
      byte[] body = (gzip ? compressed : seed).clone();
      for (int n = random.nextInt(6); n >= 0; n--) {
        body[random.nextInt(body.length)] = alphabet[random.nextInt(alphabet.length)];
      }
      body = Arrays.copyOf(body, random.nextInt(body.length + 1));
      assertEquals(RequestKind.ROUTE, BodyGlance.of(body, gzip).kind());
    }
    for (int cut = 0; cut <= seed.length; cut++) {
      BodyGlance.of(Arrays.copyOf(seed, cut), false);
      BodyGlance.of(Arrays.copyOf(seed, cut), true);
    }
    BodyGlance.of(("{\"a\":" + "[".repeat(10_000)).getBytes(UTF_8), false);
  }

  @Test
  void aLongListOfPointsIsGuessedFromItsBeginning() throws Exception {
    int points = 3_000;
    StringBuilder document = new StringBuilder("{\"profile\":\"car\",\"points\":[");
    for (int i = 0; i < points; i++) {
      document
          .append(i == 0 ? "" : ",")
          .append(i % 2 == 0 ? "[7.4246,43.7384]" : "[7.4197,43.7311]");
    }
    byte[] body = document.append("]}").toString().getBytes(UTF_8);
    Traits read = Sketch.of(engine.readRoute(body));

    Traits plain = BodyGlance.of(body, false);
    assertEquals(points, plain.points(), points * 0.02);
    assertEquals(read.beelineMeters(), plain.beelineMeters(), read.beelineMeters() * 0.02);
    Traits inflated = BodyGlance.of(gzipped(body), true);
    assertEquals(points, inflated.points(), points * 0.02);
  }

  @Test
  void aLongModelIsKnownToBeOne() {
    String model = "{\"speed\":[" + "{\"if\":\"true\",\"limit_to\":\"5\"},".repeat(2_000) + "]}";
    Traits traits = BodyGlance.of(("{\"custom_model\":" + model + "}").getBytes(UTF_8), false);

    assertTrue(traits.speedModeOff());
    assertNotEquals(0, traits.modelHash());
    assertTrue(traits.modelBytes() > BodyGlance.MOST_BYTES / 2);
  }

  @Test
  void modelsAreToldApartByTheirContentAndNotByTheirWriting() {
    long one = hash("{\"speed\":[{\"if\":\"true\",\"limit_to\":\"5\"}]}");
    assertEquals(one, hash(" { \"speed\": [ {\"if\":\"tr\\u0075e\", \"limit_to\":\"5\"} ] }"));
    assertNotEquals(one, hash("{\"speed\":[{\"if\":\"true\",\"limit_to\":\"6\"}]}"));
    assertNotEquals(hash("{\"a\":{},\"b\":{}}"), hash("{\"a\":{\"b\":{}}}"));
  }

  private static long hash(String model) {
    return BodyGlance.of(("{\"custom_model\":" + model + "}").getBytes(UTF_8), false).modelHash();
  }

  @Test
  void theSearchAndItsSizeAreSeen() {
    Traits alternatives =
        QueryGlance.of(
            RequestKind.ROUTE,
            AB + "&algorithm=alternative_route&alternative_route.max_paths=3&profile=car");
    assertEquals(Search.ALTERNATIVES, alternatives.search());
    assertEquals(3, alternatives.paths());
    assertEquals(903, alternatives.beelineMeters(), 10);
  }
}
