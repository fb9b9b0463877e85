package dev.weir.proxy.transport.contract.openapi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.Descriptors.MethodDescriptor;
import dev.weir.proxy.transport.contract.Fault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The document of what this build serves. */
final class OpenApiTest {

  private static final OpenApi API = OpenApi.of(Descriptors.CONTRACT);
  private static final JsonNode ROOT = read(API.json());

  private static JsonNode read(byte[] json) {
    try {
      return new ObjectMapper().readTree(json);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<JsonNode> operations() {
    List<JsonNode> operations = new ArrayList<>();
    ROOT.get("paths").forEach(path -> path.forEach(operations::add));
    assertFalse(operations.isEmpty());
    return operations;
  }

  @Test
  void theSameContractGivesTheSameBytesAsTheBuildHas() {
    assertArrayEquals(Published.document(), API.json());
    assertArrayEquals(Published.page(), DocsPage.of(API));
    assertEquals("3.1.0", ROOT.get("openapi").textValue());
  }

  @Test
  void everyReferenceLeadsSomewhereAndEveryComponentIsReferredTo() {
    List<String> references = ROOT.findValuesAsText("$ref");
    assertFalse(references.isEmpty());
    for (String reference : references) {
      assertFalse(ROOT.at(reference.substring(1)).isMissingNode(), reference);
    }

    Set<String> referred = new HashSet<>(references);
    for (String kind : List.of("schemas", "responses", "parameters", "headers")) {
      ROOT.get("components")
          .get(kind)
          .fieldNames()
          .forEachRemaining(
              name -> assertTrue(referred.contains("#/components/" + kind + "/" + name), name));
    }
  }

  @Test
  void operationsGoByNamesOfTheirOwn() {
    List<String> ids =
        operations().stream().map(operation -> operation.get("operationId").textValue()).toList();

    assertEquals(ids.size(), new HashSet<>(ids).size(), ids::toString);
  }

  @Test
  void everythingThatCanBeSentOrReceivedIsDescribed() {
    Stream.of("parameters", "description", "summary")
        .forEach(part -> operations().forEach(operation -> assertTrue(operation.has(part), part)));
    operations().stream()
        .flatMap(operation -> operation.get("parameters").valueStream())
        .filter(parameter -> !parameter.has("$ref"))
        .forEach(OpenApiTest::described);
    ROOT.get("components").get("parameters").forEach(OpenApiTest::described);
    for (JsonNode schema : ROOT.get("components").get("schemas")) {
      described(schema);
      schema
          .path("properties")
          .forEachEntry(
              (name, property) -> {
                if (!name.equals("@type") && !property.has("$ref")) {
                  described(property);
                }
              });
    }
  }

  private static void described(JsonNode node) {
    assertFalse(node.path("description").asText().isBlank(), node::toString);
  }

  @Test
  void whatIsInThePathIsAParameterOfItAndRequired() {
    ROOT.get("paths")
        .forEachEntry(
            (path, verbs) ->
                verbs.forEach(
                    operation -> {
                      for (JsonNode parameter : operation.get("parameters")) {
                        boolean inPath = parameter.path("in").asText().equals("path");
                        String variable = "{" + parameter.path("name").asText() + "}";
                        assertEquals(inPath, path.contains(variable), path + variable);
                        assertTrue(!inPath || parameter.path("required").booleanValue());
                      }
                    }));
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void everyFaultIsToldAtItsStatusByEveryOperation(Fault fault) {
    for (JsonNode operation : operations()) {
      JsonNode response = operation.get("responses").get(Integer.toString(fault.httpStatus()));
      JsonNode told = ROOT.at(response.get("$ref").textValue().substring(1));
      assertTrue(told.get("description").textValue().contains("\n- `" + fault.name() + "`: "));
      assertEquals(fault.asksBack(), told.get("headers").has("Retry-After"));
    }
    assertTrue(
        ROOT.at("/components/schemas/ErrorReason/enum")
            .valueStream()
            .anyMatch(reason -> reason.textValue().equals(fault.name())));
  }

  @Test
  void methodsThatTakeMoreThanOneRequestAreLeftOut() {
    List<String> streaming =
        Descriptors.CONTRACT.services().stream()
            .flatMap(service -> service.getMethods().stream())
            .filter(MethodDescriptor::isClientStreaming)
            .map(MethodDescriptor::getName)
            .toList();

    assertTrue(streaming.contains("TrackRide"));
    for (JsonNode operation : operations()) {
      String id = operation.get("operationId").textValue();
      assertTrue(streaming.stream().noneMatch(id::contains), id);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/components/schemas/Location/properties/latitude/minimum | -90",
        "/components/schemas/Location/properties/latitude/maximum | 90",
        "/paths/~1v1~1profiles~1{profile}~1route/get/parameters/0/schema/minLength | 1",
        "/paths/~1v1~1profiles~1{profile}~1route/get/parameters/0/schema/maxLength | 64",
        "/paths/~1v1~1profiles~1{profile}~1route/get/parameters/0/schema/pattern"
            + " | ^[A-Za-z0-9_]+$",
        "/components/schemas/RoutingService_GetRoute_2_Body/properties/intermediates/maxItems | 98",
        "/components/schemas/RoutingService_GetRoute_2_Body/properties/profile | ''",
        "/components/schemas/RoutingService_GetRoute_2_Body/required/0 | origin",
        "/components/schemas/RoutingService_GetIsochrone_2_Body/properties/geometry/not/enum/0"
            + " | GEOMETRY_NONE",
        "/components/schemas/RoutingService_GetIsochrone_2_Body/allOf/0/oneOf/1/required/0"
            + " | distanceMeters",
        "/components/schemas/RoutingService_GetIsochrone_2_Body/properties/duration/format"
            + " | google-duration",
        "/components/schemas/Search/enum/1 | SEARCH_PREPARED",
        "/paths/~1v1~1profiles~1{profile}~1matrix:stream/post/responses/200/content"
            + "/application~1x-ndjson/schema/items/$ref | #/components/schemas/GetMatrixResponse",
        "/paths/~1v1~1profiles~1{profile}~1matrix:stream/post/responses/200/content"
            + "/application~1json/schema/type | array",
        "/paths/~1v1~1profiles~1{profile}~1matrix:stream/post/responses/200/content"
            + "/text~1event-stream/schema/type | string",
        "/paths/~1v1~1profiles~1{route.profile}~1route:stream/get/parameters/0/in | path",
        "/components/schemas/RoutingService_StreamRoutes_Body/properties/route/$ref"
            + " | #/components/schemas/RoutingService_StreamRoutes_Body_route",
        "/components/schemas/RoutingService_StreamRoutes_Body_route/properties/profile | ''",
        "/components/schemas/RoutingService_StreamRoutes_Body_route/required/0 | origin",
        "/paths/~1v1~1roads:nearest/get/parameters/0/name | location.latitude",
        "/paths/~1v1~1roads:nearest/get/parameters/0/description"
            + " | Near where. North of the equator, -90 to 90.",
        "/paths/~1v1~1roads:nearest/get/parameters/0/required | true",
        "/paths/~1v1~1roads:nearest/get/parameters/0/schema/maximum | 90",
      })
  void rulesAreKeywords(String pointer, String value) {
    assertEquals(value, ROOT.at(pointer).asText());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "duration | At least 1s. At most 14400s. Exactly one of `duration`, `distanceMeters`.",
        "distanceMeters | Exactly one of `duration`, `distanceMeters`.",
      })
  void whatNoKeywordSaysIsSaidInWords(String field, String end) {
    String told =
        ROOT.at(
                "/components/schemas/RoutingService_GetIsochrone_2_Body/properties/"
                    + field
                    + "/description")
            .textValue();

    assertTrue(told.endsWith(end), told);
  }
}
