package dev.weir.proxy.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The stock server and Weir get the same requests and must give the same answers.
 *
 * <p>With {@code -Dweir.conformance.against=stock} a second stock server takes Weir's place:
 * whatever fails then is not a matter of Weir.
 */
final class ConformanceTest {

  private static final List<String> GROUPS =
      List.of(
          "route-get",
          "route-search",
          "route-errors",
          "route-post",
          "custom-models",
          "gpx",
          "nearest",
          "isochrone",
          "spt",
          "service",
          "protocol");

  private static final int LEAST_REQUESTS = 300;

  private static final boolean AGAINST_STOCK =
      "stock".equals(System.getProperty("weir.conformance.against"));

  @TempDir static Path directory;

  private static Subject stock;
  private static Subject weir;

  @BeforeAll
  static void start() throws Exception {
    stock = StockServer.start(directory.resolve("stock"));
    weir =
        AGAINST_STOCK
            ? StockServer.start(directory.resolve("other"))
            : WeirServer.start(directory.resolve("weir"));
  }

  @AfterAll
  static void stop() {
    stock.close();
    weir.close();
  }

  @TestFactory
  Stream<DynamicContainer> answersLikeTheStockServer() {
    return GROUPS.stream()
        .map(
            group ->
                DynamicContainer.dynamicContainer(
                    group,
                    Corpus.read(group).stream()
                        .map(probe -> DynamicTest.dynamicTest(probe.line(), () -> check(probe)))));
  }

  @Test
  void asksAtLeastThreeHundredRequests() {
    assertTrue(all().count() >= LEAST_REQUESTS, "only " + all().count() + " requests");
  }

  @Test
  void asksEveryRequestOnce() {
    assertEquals(all().distinct().count(), all().count());
  }

  @Test
  void everyDeviationIsAskedFor() {
    for (Deviation deviation : Deviations.ALL) {
      assertTrue(all().anyMatch(deviation::appliesTo), deviation.toString());
    }
  }

  private static Stream<Probe> all() {
    return GROUPS.stream().flatMap(group -> Corpus.read(group).stream());
  }

  private static void check(Probe probe) throws IOException {
    try (RawHttp toStock = RawHttp.send(stock.port(), probe);
        RawHttp toWeir = RawHttp.send(weir.port(), probe)) {
      check(probe, toStock.receive(), toWeir.receive());
    }
  }

  private static void check(Probe probe, RawReply expected, RawReply actual) {
    List<String> differences = Comparison.differences(expected, actual);
    List<Deviation> deviations = AGAINST_STOCK ? List.of() : Deviations.of(probe);
    for (Deviation deviation : deviations) {
      List<String> objections = deviation.objections(actual, differences);
      report(probe, objections, expected, actual);
      assertTrue(!differences.isEmpty(), probe + " does not deviate any more: " + deviation);
    }
    if (deviations.isEmpty()) {
      report(probe, differences, expected, actual);
    }
  }

  private static void report(
      Probe probe, List<String> objections, RawReply expected, RawReply actual) {
    if (!objections.isEmpty()) {
      fail(
          "%s%n%s%n--- stock %s%n--- weir %s"
              .formatted(
                  probe,
                  String.join("\n", objections.subList(0, Math.min(10, objections.size()))),
                  expected,
                  actual));
    }
  }
}
