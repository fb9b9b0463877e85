package dev.weir.routing.graphhopper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.graphhopper.jackson.Jackson;
import dev.weir.routing.Coordinate;
import dev.weir.routing.MalformedQuery;
import dev.weir.routing.Problem;
import dev.weir.routing.RouteQuery;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RouteDocumentsTest {

  private final RouteDocuments documents = new RouteDocuments(Jackson.newObjectMapper());

  @Test
  void readsEveryField() throws MalformedQuery {
    RouteQuery.Route route =
        read(
            """
            {"profile": "car", "points": [[7.1, 43.2], [7.3, 43.4]], "headings": [10, 20.5],
             "point_hints": ["a", ""], "curbsides": ["any", "left"],
             "snap_preventions": ["ferry"], "details": ["road_class"], "algorithm": "astarbi",
             "locale": "de_CH", "elevation": true, "instructions": false, "calc_points": false,
             "points_encoded": false, "points_encoded_multiplier": 1e6, "timeout_ms": 250,
             "ch.disable": true, "what.ever": {"deep": [1, "two", null]},
             "custom_model": {"distance_influence": 3}}
            """);

    assertEquals("car", route.profile());
    assertEquals(List.of(new Coordinate(43.2, 7.1), new Coordinate(43.4, 7.3)), route.points());
    assertEquals(List.of(10.0, 20.5), route.headings());
    assertEquals(List.of("a", ""), route.pointHints());
    assertEquals(List.of("any", "left"), route.curbsides());
    assertEquals(List.of("ferry"), route.snapPreventions());
    assertEquals(List.of("road_class"), route.pathDetails());
    assertEquals("astarbi", route.algorithm());
    assertEquals("de_CH", route.locale());
    assertEquals(250, route.hints().get("timeout_ms"));
    assertEquals(true, route.hints().get("ch.disable"));
    assertEquals("{deep=[1, two, null]}", String.valueOf(route.hints().get("what.ever")));
    assertNotNull(route.customModel());
    assertEquals(
        new RouteQuery.Rendering(false, false, true, false, new RouteQuery.Json(false, 1e6)),
        route.rendering());
  }

  @Test
  void leavesDefaultsWhereNothingIsSaid() throws MalformedQuery {
    RouteQuery.Route route = read("{}");

    assertEquals("", route.profile());
    assertEquals(List.of(), route.points());
    assertNull(route.snapPreventions());
    assertNull(route.customModel());
    assertEquals(Map.of(), route.hints());
    assertEquals(
        new RouteQuery.Rendering(true, true, false, false, RouteQuery.Json.USUAL),
        route.rendering());
  }

  @Test
  void anEmptyListOfSnapPreventionsIsNotTheDefault() throws MalformedQuery {
    assertEquals(List.of(), read("{\"snap_preventions\": []}").snapPreventions());
  }

  @Test
  void valuesOfAnotherTypeCountAsTheirDefault() throws MalformedQuery {
    assertEquals(
        new RouteQuery.Rendering(true, true, false, false, RouteQuery.Json.USUAL),
        read("{\"instructions\": \"false\", \"elevation\": 1, \"points_encoded_multiplier\":"
                + " \"x\"}")
            .rendering());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n\t", "null"})
  void aMissingDocumentIsTold(String document) {
    assertEquals(
        Problem.of(Problem.Kind.NO_DOCUMENT, "The request body must not be null", null),
        problem(document));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{bad",
        "[]",
        "\"text\"",
        "{\"points\": \"x\"}",
        "{\"points\": [[7.1], [7.2, 43]]}",
        "{\"points\": [[\"a\", \"b\"]]}",
        "{\"points\": null}",
        "{\"headings\": [null]}",
        "{\"headings\": null}",
        "{\"point_hints\": [null, \"a\"]}",
        "{\"curbsides\": null}",
        "{\"details\": [null]}",
        "{\"custom_model\": {\"priority\": [{\"unless\": \"a\"}]}}",
        "{\"custom_model\": {\"speed\": 3}}",
        "{\"locale\": {}}"
      })
  void aDocumentThatCannotBeReadIsTold(String document) {
    assertEquals(
        Problem.of(Problem.Kind.UNREADABLE, "Unable to process JSON", null), problem(document));
  }

  @Test
  void endlessNestingIsUnreadable() {
    assertEquals(Problem.Kind.UNREADABLE, problem("{\"a\":" + "[".repeat(100_000)).kind());
  }

  @Test
  void aPointThatIsNullIsTold() {
    assertEquals("Point 1 is null", problem("{\"points\": [[7, 43], null]}").message());
  }

  private RouteQuery.Route read(String document) throws MalformedQuery {
    return documents.read(document.getBytes(StandardCharsets.UTF_8));
  }

  private Problem problem(String document) {
    return assertThrows(MalformedQuery.class, () -> read(document)).problem();
  }
}
