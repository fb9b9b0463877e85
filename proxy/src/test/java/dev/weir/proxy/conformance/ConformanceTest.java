package dev.weir.proxy.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

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

/** The stock server and Weir get the same requests and must give the same answers. */
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

  @TempDir static Path directory;

  private static Subject stock;
  private static Subject weir;

  @BeforeAll
  static void start() throws Exception {
    stock = StockServer.start(directory.resolve("stock"));
    weir = StockServer.start(directory.resolve("other"));
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
                        .map(probe -> DynamicTest.dynamicTest(probe.line(), () -> compare(probe)))));
  }

  @Test
  void asksAtLeastThreeHundredRequests() {
    int all = GROUPS.stream().mapToInt(group -> Corpus.read(group).size()).sum();
    assertTrue(all >= LEAST_REQUESTS, "only " + all + " requests");
  }

  private static void compare(Probe probe) throws Exception {
    RawReply expected = RawHttp.send(stock.port(), probe);
    RawReply actual = RawHttp.send(weir.port(), probe);
    List<String> differences = Comparison.differences(expected, actual);
    if (!differences.isEmpty()) {
      fail(
          String.join("\n", differences.subList(0, Math.min(10, differences.size())))
              + "\n--- stock\n"
              + expected
              + "\n--- weir\n"
              + actual);
    }
  }
}
