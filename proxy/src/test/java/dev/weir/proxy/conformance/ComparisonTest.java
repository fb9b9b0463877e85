package dev.weir.proxy.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The comparison can fail, and says where. */
final class ComparisonTest {

  private static final String JSON = "application/json";
  private static final String GPX = "application/gpx+xml";

  @Test
  void equalAnswersDoNotDiffer() {
    RawReply reply = reply(200, JSON, "{\"a\":[1,2.50],\"b\":null}");
    assertEquals(List.of(), Comparison.differences(reply, reply));
  }

  @Test
  void orderOfKeysAndTimeTakenDoNotMatter() {
    assertEquals(
        List.of(),
        Comparison.differences(
            reply(200, JSON, "{\"a\":1,\"info\":{\"took\":5}}"),
            reply(200, JSON, "{\"info\":{\"took\":731},\"a\":1}")));
  }

  @Test
  void anotherStatusIsReported() {
    assertEquals(
        List.of("status: 200 -> 503"),
        Comparison.differences(reply(200, JSON, "{}"), reply(503, JSON, "{}")));
  }

  @Test
  void anotherContentTypeIsReported() {
    assertEquals(
        List.of("header content-type: 'application/json' -> 'application/json;charset=utf-8'"),
        Comparison.differences(
            reply(200, JSON, "{}"), reply(200, "application/json;charset=utf-8", "{}")));
  }

  @Test
  void aHeaderTooManyAndOneTooFewAreReported() {
    assertEquals(
        List.of("header retry-after: '' -> '1'", "header x-gh-took: 'integer' -> ''"),
        Comparison.differences(
            reply(200, JSON, "{}", "x-gh-took", "12"), reply(200, JSON, "{}", "retry-after", "1")));
  }

  @Test
  void wholeAndFractionalTimesTakenAreDifferentForms() {
    assertEquals(
        List.of("header x-gh-took: 'float' -> 'integer'"),
        Comparison.differences(
            reply(200, JSON, "{}", "x-gh-took", "1.25"), reply(200, JSON, "{}", "x-gh-took", "1")));
  }

  @Test
  void theOrderOfAllowedMethodsDoesNotMatterButAMissingOneDoes() {
    assertEquals(
        List.of(),
        Comparison.differences(
            reply(405, JSON, "{}", "allow", "GET,POST"),
            reply(405, JSON, "{}", "allow", "POST, GET")));
    assertEquals(
        List.of("header allow: 'GET,POST' -> 'POST'"),
        Comparison.differences(
            reply(405, JSON, "{}", "allow", "GET,POST"), reply(405, JSON, "{}", "allow", "POST")));
  }

  @Test
  void aChangedNumberIsReportedEvenInItsLastDigitOrItsForm() {
    assertEquals(
        List.of("$.a[1].b: 2.5 -> 2.6", "$.c: 32.0 -> 32"),
        Comparison.differences(
            reply(200, JSON, "{\"a\":[1,{\"b\":2.5}],\"c\":32.0}"),
            reply(200, JSON, "{\"a\":[1,{\"b\":2.6}],\"c\":32}")));
  }

  @Test
  void absentNullAndShorterListsAreReported() {
    assertEquals(
        List.of("$.a: null -> (absent)", "$.b: 2 -> 1 elements"),
        Comparison.differences(
            reply(200, JSON, "{\"a\":null,\"b\":[1,2]}"), reply(200, JSON, "{\"b\":[1]}")));
  }

  @Test
  void idsOfErrorsMayDifferTheirTextMayNot() {
    RawReply stock = reply(500, JSON, "{\"message\":\"Logged (ID 0123456789abcdef).\"}");
    assertEquals(
        List.of(),
        Comparison.differences(
            stock, reply(500, JSON, "{\"message\":\"Logged (ID fedcba9876543210).\"}")));
    assertEquals(
        List.of("$.message: \"Logged (ID 0123456789abcdef).\" -> \"Logged.\""),
        Comparison.differences(stock, reply(500, JSON, "{\"message\":\"Logged.\"}")));
  }

  @Test
  void textThatIsNotJsonIsReported() {
    assertEquals(
        1, Comparison.differences(reply(200, JSON, "{}"), reply(200, JSON, "{} x")).size());
  }

  @Test
  void aChangedAttributeTextOrElementOfXmlIsReported() {
    assertEquals(
        List.of("/gpx: attributes {v=1} -> {v=2}", "/gpx[0]/a: 'x' -> 'y'", "/gpx[1]/b -> c"),
        Comparison.differences(
            reply(200, GPX, "<gpx v=\"1\"><a>x</a><b/></gpx>"),
            reply(200, GPX, "<gpx v=\"2\"> <a>y</a>\n<c/></gpx>")));
  }

  @Test
  void aChangedLineIsReported() {
    assertEquals(
        List.of("line 2: '1,2' -> '1,3'", "lines: 2 -> 3"),
        Comparison.differences(
            reply(200, "text/csv", "a,b\n1,2\n"), reply(200, "text/csv", "a,b\n1,3\n4,5\n")));
  }

  private static RawReply reply(int status, String type, String body, String... header) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    headers.put("content-type", List.of(type));
    for (int i = 0; i < header.length; i += 2) {
      headers.put(header[i], List.of(header[i + 1]));
    }
    return new RawReply(status, headers, body);
  }
}
