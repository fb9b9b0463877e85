package dev.weir.proxy.published;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.proxy.Server;
import dev.weir.proxy.TestSettings;
import dev.weir.proxy.published.Program.Result;
import dev.weir.v1.GetRouteRequest;
import dev.weir.v1.Location;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Programs that others have written get routes of Monaco: each is skipped, saying so, where it is
 * missing.
 */
final class OtherClientsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final GetRouteRequest ROUTE =
      GetRouteRequest.newBuilder()
          .setProfile("car")
          .setOrigin(Location.newBuilder().setLatitude(43.7384).setLongitude(7.4246))
          .setDestination(Location.newBuilder().setLatitude(43.7311).setLongitude(7.4197))
          .build();
  private static final String ROUTE_JSON =
      """
      {"profile": "car", "origin": {"latitude": 43.7384, "longitude": 7.4246},
       "destination": {"latitude": 43.7311, "longitude": 7.4197}}\
      """;
  private static final String REST =
      "/v1/profiles/car/route?origin.latitude=43.7384&origin.longitude=7.4246"
          + "&destination.latitude=43.7311&destination.longitude=7.4197";
  private static final String METHOD = "/weir.v1.RoutingService/GetRoute";

  private static final Pattern ALL_ANSWERED =
      Pattern.compile(
          "requests: 300 total, 300 started, 300 done, [1-9][0-9]* succeeded, [0-9]+ failed,"
              + " 0 errored, 0 timeout");

  private static Server server;

  @TempDir private Path directory;

  @BeforeAll
  static void start() throws Exception {
    server = Server.start(TestSettings.withGrpc(TestSettings.monaco()), _ -> {});
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String http(String target) {
    return "http://127.0.0.1:" + server.httpPort() + target;
  }

  private static String grpc(String target) {
    return "http://127.0.0.1:" + server.grpcPort() + target;
  }

  private static void assertRoute(String answer) throws IOException {
    JsonNode route = JSON.readTree(answer).path("route");
    assertTrue(route.path("distanceMeters").doubleValue() > 100, answer);
    assertTrue(route.path("polyline").path("encoded").textValue().length() > 10, answer);
  }

  private static Result bufCurl(String... arguments) throws IOException, InterruptedException {
    NpmProject project = NpmProject.install("contract-lint", "buf");
    String[] all = new String[arguments.length + 1];
    all[0] = "curl";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return project.runInstalled("buf", all);
  }

  private static Result bufCurlByGrpc(String request) throws IOException, InterruptedException {
    return bufCurl("--protocol=grpc", "--http2-prior-knowledge", "--data=" + request, grpc(METHOD));
  }

  private static Result bufCurlByConnect(String request) throws IOException, InterruptedException {
    String schema = System.getProperty("weir.test.descriptors");
    return bufCurl("--schema=" + schema, "--protocol=connect", "--data=" + request, http(METHOD));
  }

  @Test
  void bufGetsTheSameRouteByGrpcAndByConnect() throws Exception {
    Result grpc = bufCurlByGrpc(ROUTE_JSON);
    Result connect = bufCurlByConnect(ROUTE_JSON);

    assertEquals(0, grpc.exit(), grpc.output());
    assertEquals(0, connect.exit(), connect.output());
    assertRoute(grpc.output());
    assertEquals(JSON.readTree(grpc.output()), JSON.readTree(connect.output()));
  }

  @Test
  void bufShowsWhatIsWrongWithARequestByGrpcAndByConnect() throws Exception {
    String request = ROUTE_JSON.replace("43.7384", "91");
    for (Result result : new Result[] {bufCurlByGrpc(request), bufCurlByConnect(request)}) {
      assertNotEquals(0, result.exit(), result.output());
      assertTrue(result.output().contains("invalid_argument"), result.output());
      assertTrue(result.output().contains("origin.latitude"), result.output());
    }
  }

  private static Result curl(String... arguments) throws IOException, InterruptedException {
    String[] all = new String[arguments.length + 5];
    String[] first = {"curl", "-sS", "--max-time", "30", "-w\n%{http_version} %{http_code}"};
    System.arraycopy(first, 0, all, 0, first.length);
    System.arraycopy(arguments, 0, all, first.length, arguments.length);
    return Program.run(Path.of("target"), all);
  }

  private static void assertRouteByCurl(String version, Result result) throws IOException {
    assertEquals(0, result.exit(), result.output());
    int last = result.output().lastIndexOf('\n');
    assertEquals(version + " 200", result.output().substring(last + 1));
    assertRoute(result.output().substring(0, last));
  }

  @Test
  void curlGetsARouteByRest() throws Exception {
    Program.required("curl", "--version");

    assertRouteByCurl("1.1", curl("--http1.1", http(REST)));
    assertRouteByCurl(
        "1.1",
        curl("--http1.1", "-HContent-Type: application/json", "-d" + ROUTE_JSON, http(METHOD)));
  }

  @Test
  void h2loadGetsAnAnswerToEachOfItsRequests() throws Exception {
    Program.required("h2load", "--version");
    byte[] message = ROUTE.toByteArray();
    Path body = directory.resolve("request");
    Files.write(
        body,
        ByteBuffer.allocate(message.length + 5)
            .put((byte) 0)
            .putInt(message.length)
            .put(message)
            .array());

    assertAllAnswered(
        Program.run(
            directory,
            "h2load",
            "-n300",
            "-c4",
            "-m8",
            "-d" + body,
            "-Hcontent-type: application/grpc",
            "-Hte: trailers",
            grpc(METHOD)));
    assertAllAnswered(Program.run(directory, "h2load", "--h1", "-n300", "-c4", http(REST)));
  }

  /** On a busy machine some of them may be refused, which h2load calls a failure. */
  private static void assertAllAnswered(Result result) {
    assertEquals(0, result.exit(), result.output());
    assertTrue(ALL_ANSWERED.matcher(result.output()).find(), result.output());
  }
}
