package dev.weir.benchmarks.riders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.benchmarks.load.TinyServer;
import dev.weir.benchmarks.load.http2.TinyGrpc;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands as a whole, against a tiny server. */
final class RidersTest {
  @TempDir private Path directory;

  private final AtomicInteger flexible = new AtomicInteger();
  private final StringWriter errors = new StringWriter();

  private int run(Callable<Integer> command, String... arguments) {
    return Commands.execute(command, new PrintWriter(errors, true), arguments);
  }

  private String answer(String path) {
    if (path.startsWith("/info")) {
      return TinyServer.response("200 OK", "{\"bbox\":[8.0,49.0,8.6,49.4]}");
    }
    if (path.startsWith("/nearest")) {
      return TinyServer.response(
          "200 OK", "{\"coordinates\":[8.3,49.2],\"distance\":5.0,\"type\":\"Point\"}");
    }
    if (path.contains("ch.disable=true")) {
      return flexible.incrementAndGet() % 3 > 0
          ? TinyServer.ROUTE
          : TinyServer.response(
              "503 Service Unavailable", "{\"hints\":[{\"reason\":\"over_capacity\"}]}");
    }
    return path.startsWith("/route")
        ? TinyServer.ROUTE
        : TinyServer.response("200 OK", "{\"polygons\":[]}");
  }

  @Test
  void aRunLeavesTablesHistogramsAndAPage() throws Exception {
    int code;
    try (TinyServer server = new TinyServer(this::answer)) {
      code =
          run(
              new Riders(),
              "--url=http://127.0.0.1:" + server.address().getPort(),
              "--riders=64",
              "--rate=300",
              "--seconds=1",
              "--shape=ramp",
              "--warm-up=0",
              "--deadline=30s",
              "--out=" + directory);
    }
    JsonNode result = new ObjectMapper().readTree(directory.resolve("result.json").toFile());
    // a machine that is busy otherwise may keep the generator from its work: then it says so
    boolean claimed = result.path("claimed").asBoolean();
    assertEquals(claimed ? Commands.DONE : Commands.NOT_CLAIMED, code, errors::toString);
    JsonNode main = result.path("result");
    long good = main.path("verdicts").path("GOOD").asLong();
    assertTrue(good > 0);
    assertEquals(good, main.path("good").path("recorded").asLong());
    assertTrue(main.path("reasons").path("over_capacity").asLong() > 0);
    assertEquals(0, main.path("verdicts").path("ERROR").asLong());
    assertTrue(main.path("moments").size() >= 1);
    for (String name : List.of("good.hgrm", "shed.hgrm", "late.hgrm", "lag.hgrm")) {
      assertTrue(Files.readString(directory.resolve(name)).contains("#[Mean"));
    }
    assertPage(Files.readString(directory.resolve("report.html")));
  }

  private static void assertPage(String page) throws Exception {
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(page.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    assertFalse(page.contains("<script"));
    assertFalse(page.replaceAll("http://127[.]0[.]0[.]1:[0-9]+", "").contains("http"));
    assertFalse(page.contains("NaN"));
    assertTrue(page.contains("over_capacity"));
    for (String title :
        List.of("Good answers by offered load", "Latency since due", "Refusals by tier", "MiB")) {
      assertTrue(page.contains(title), title);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--riders=0|--riders must be from 1 to 500000",
        "--riders=many|Invalid value for option '--riders'",
        "--load=-1|--load must be from 0.001 to 10000",
        "--load=NaN|--load must be from 0.001 to 10000",
        "--seconds=999999|--seconds must be from 1 to 3600",
        "--deadline=soon|'soon' is no time such as 500ms, 2s or 1m",
        "--shape=zigzag|--shape must be poisson, steps, ramp, spike or replay=FILE, not zigzag",
        "--mix=walk=1|--mix: 'walk' is none of",
        "--clients=angry=1|--clients: 'angry' is none of calm, polite, storm, leaves",
        "--tiers=gold=1|--tiers: 'gold' is none of critical",
        "--url=https://x:1|--url must be http://HOST:PORT, not https://x:1",
        "--url=http://127.0.0.1|--url must be http://HOST:PORT",
        "--url=nonsense|--url must be http://HOST:PORT",
        "--url=grpc://127.0.0.1:9989|--url must be http://HOST:PORT, not grpc://127.0.0.1:9989",
        "--protocol=smoke|Invalid value for option '--protocol'",
        "--riders-per-connection=0|--riders-per-connection must be from 1 to 10000",
        "--riders-per-connection=2|--riders-per-connection needs --protocol http2 or grpc",
        "--retries=-1|--retries must be from 0 to 1000",
        "--no-such-option|Unknown option: '--no-such-option'",
      })
  void aWrongOptionIsOneLine(String option, String sentence) {
    assertEquals(Commands.USAGE, run(new Riders(), option));
    assertOneLine("bench riders: ", sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--pairs=0|--pairs must be from 1 to 1000",
        "--rivals=apache|--rivals: 'apache' is none of stock, haproxy, haproxy-short, nginx",
        "--weir-policies=magic|--weir-policies: 'magic' is none of marginal, fixed",
      })
  void aWrongOptionOfRivalsIsOneLine(String option, String sentence) {
    assertEquals(Commands.USAGE, run(new Rivals(), option));
    assertOneLine("bench rivals: ", sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://127.0.0.1:8989|--url must be grpc://HOST:PORT, not http://127.0.0.1:8989",
        "grpc://127.0.0.1:9989|--url grpc://127.0.0.1:9989 needs --map-url http://HOST:PORT",
      })
  void aWrongAddressForGrpcIsOneLine(String url, String sentence) {
    assertEquals(Commands.USAGE, run(new Riders(), "--protocol=grpc", "--url=" + url));
    assertOneLine("bench riders: ", sentence);
  }

  @Test
  void ridersOfGrpcAskTheContractAndTheMapComesOverHttp() throws Exception {
    int code;
    try (TinyServer map = new TinyServer(this::answer);
        TinyGrpc server = new TinyGrpc(new TinyGrpc.Routes())) {
      code =
          run(
              new Riders(),
              "--protocol=grpc",
              "--riders-per-connection=16",
              "--url=grpc://127.0.0.1:" + server.address().getPort(),
              "--map-url=http://127.0.0.1:" + map.address().getPort(),
              "--riders=64",
              "--rate=300",
              "--seconds=1",
              "--shape=ramp",
              "--warm-up=0",
              "--deadline=30s",
              "--out=" + directory);
    }
    JsonNode result = new ObjectMapper().readTree(directory.resolve("result.json").toFile());
    boolean claimed = result.path("claimed").asBoolean();
    assertEquals(claimed ? Commands.DONE : Commands.NOT_CLAIMED, code, errors::toString);
    assertEquals("gRPC, 16 to a connection", result.path("conditions").path("Protocol").asText());
    JsonNode main = result.path("result");
    assertEquals(64, main.path("connected").asInt());
    assertEquals(
        main.path("verdicts").path("GOOD").asLong()
            + main.path("verdicts").path("NO_CONNECTION").asLong(),
        Math.round(main.path("offeredPerSecond").asDouble() * main.path("seconds").asDouble()));
    for (String kind : List.of("SPEED", "FLEXIBLE")) {
      assertTrue(main.path("kinds").path(kind).path("good").asLong() > 0, kind);
    }
  }

  @Test
  void aServerThatIsNotThereIsOneLine() {
    assertEquals(Commands.FAILED, run(new Riders(), "--url=http://127.0.0.1:1", "--rate=1"));
    assertOneLine("bench riders: ", "refused");
  }

  @Test
  void aReplayThatIsNotThereIsOneLine() {
    Path file = directory.resolve("none.csv");
    assertEquals(Commands.FAILED, run(new Riders(), "--shape=replay=" + file));
    assertOneLine("bench riders: ", "no file " + file);
  }

  private void assertOneLine(String beginning, String sentence) {
    String said = errors.toString();
    assertEquals(1, said.lines().count(), said);
    assertTrue(said.startsWith(beginning), said);
    assertTrue(said.contains(sentence), said);
  }
}
