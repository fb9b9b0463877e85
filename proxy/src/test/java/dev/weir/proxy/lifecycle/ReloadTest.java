package dev.weir.proxy.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.Server;
import dev.weir.proxy.TestSettings;
import dev.weir.proxy.config.Overrides;
import dev.weir.proxy.config.Places;
import dev.weir.proxy.config.Reading;
import dev.weir.proxy.config.SettingsReader;
import dev.weir.proxy.flood.Eventually;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running server whose file changes, by way of the ports of operator and callers. */
final class ReloadTest {

  private static final String ROUTE =
      "/route?profile=car&point=43.7384,7.4246&point=43.7311,7.4197&key=";
  private static final String KEY = "secret-of-rides";
  private static final String ONLY_RIDES =
      "callers: {require-key: true, tenants: [{name: rides, keys: [" + KEY + "]}]}\n";

  private final HttpClient client = HttpClient.newHttpClient();
  @TempDir private Path dir;
  private Server server;

  @BeforeEach
  void start() throws Exception {
    write("");
    Reading first = read();
    server =
        Server.start(
            assertInstanceOf(Reading.Accepted.class, first).settings(), this::read, _ -> {});
  }

  @AfterEach
  void stop() {
    server.close();
    client.shutdownNow();
  }

  private Path file() {
    return dir.resolve("weir.yaml");
  }

  private void write(String change) throws IOException {
    Files.writeString(file(), "warm-up: {at-most: 0s}\n" + change);
  }

  private Reading read() {
    Overrides overrides =
        new Overrides(TestSettings.map(), TestSettings.monaco().engine().graphDir(), 0, 0, 0, null);
    return SettingsReader.read(file(), overrides, Places.HERE);
  }

  private HttpResponse<String> reload() throws Exception {
    return change("/config/reload");
  }

  private HttpResponse<String> change(String target) throws Exception {
    return client.send(
        HttpRequest.newBuilder(uri(server.adminPort(), target))
            .POST(BodyPublishers.noBody())
            .build(),
        BodyHandlers.ofString());
  }

  private static URI uri(int port, String target) {
    return URI.create("http://127.0.0.1:" + port + target);
  }

  private int statusWith(String key) throws Exception {
    return Callers.get(server.httpPort(), ROUTE + key).statusCode();
  }

  private String effective() throws Exception {
    return Callers.get(server.adminPort(), "/config").body();
  }

  @Test
  void whatTheFileSaysNowIsInEffectAtOnce() throws Exception {
    assertEquals(200, statusWith(""));

    write(ONLY_RIDES);
    HttpResponse<String> reloaded = reload();

    assertEquals("changed callers.require-key, callers.tenants\n", reloaded.body());
    assertEquals(200, reloaded.statusCode());
    assertEquals(401, statusWith(""));
    assertEquals(401, statusWith("another-secret"));
    assertEquals(200, statusWith(KEY));
    assertTrue(effective().contains("name: \"rides\""), this::unexpected);
    assertFalse(effective().contains(KEY), this::unexpected);
    assertEquals("nothing has changed\n", reload().body());
  }

  @Test
  void aFloodEndsAndIsWithdrawnWhenCallsNeedAKey() throws Exception {
    assertEquals(200, flood("POST", "?per_second=1&seconds=30").statusCode());

    write(ONLY_RIDES);
    reload();

    assertEquals("{\"available\":false}", flood("GET", "").body());
    assertEquals(403, flood("POST", "?per_second=1&seconds=1").statusCode());
    write("");
    reload();
    Eventually.holds("it is over", () -> flood("GET", "").body().contains("\"running\":false"));
    String report = flood("GET", "").body();
    assertTrue(report.matches("(?s).*\"offered\":[12]?\\d,.*"), report);
  }

  private HttpResponse<String> flood(String method, String query) throws Exception {
    return client.send(
        HttpRequest.newBuilder(uri(server.httpPort(), "/maps/flood" + query))
            .method(method, BodyPublishers.noBody())
            .build(),
        BodyHandlers.ofString());
  }

  @Test
  void aFileWithMistakesChangesNothingAndHearsOfAllOfThem() throws Exception {
    write(ONLY_RIDES);
    reload();
    String before = effective();

    write("callers: {require-key: perhaps}\ndeadline: {standard: 3}\nlog: {access: true}\n");
    HttpResponse<String> rejected = reload();

    assertEquals(400, rejected.statusCode());
    assertEquals(
        """
        line 2: callers.require-key needs a flag: true or false, not perhaps
        line 3: deadline.standard needs a duration, such as 300ms, 10s or 2m, not 3
        """,
        rejected.body());
    assertEquals(before, effective());
    assertEquals(401, statusWith(""));
    assertEquals(200, statusWith(KEY));
  }

  @Test
  void aFileThatIsGoneChangesNothing() throws Exception {
    Files.delete(file());

    assertEquals(400, reload().statusCode());
    assertEquals(200, statusWith(""));
  }

  @Test
  void whatNeedsARestartIsNamedAndNothingIsChanged() throws Exception {
    String before = effective();

    write(ONLY_RIDES + "engine: {min-network-size: 7}\nhttp: {idle-timeout: 7s}\n");
    HttpResponse<String> refused = reload();

    assertEquals(409, refused.statusCode());
    assertEquals(
        "nothing was changed: a restart is needed for other values of engine.min-network-size,"
            + " http.idle-timeout\n",
        refused.body());
    assertEquals(before, effective());
    assertEquals(200, statusWith(""));
  }

  @Test
  void whatIsChangedByHandLastsUntilTheFileIsReadAgain() throws Exception {
    String before = effective();

    assertEquals(
        "changed gate.max-queue, gate.dry-run\n",
        change("/config/set?gate.max-queue=7&gate.dry-run=share").body());
    assertTrue(effective().contains("max-queue: 7\n"), this::unexpected);
    HttpResponse<String> rejected = change("/config/set?gate.max-queue=8&gate.permits=many");
    assertEquals("gate.permits needs a whole number, not many\n", rejected.body());
    assertEquals(400, rejected.statusCode());
    assertTrue(effective().contains("max-queue: 7\n"), this::unexpected);

    assertEquals("changed gate.max-queue, gate.dry-run\n", reload().body());
    assertEquals(before, effective());
  }

  @Test
  void aServerThatIsDrainedSaysSoAndServesThoseWhoComeNevertheless() throws Exception {
    change("/drain");

    assertEquals(503, Callers.get(server.adminPort(), "/health/ready").statusCode());
    assertEquals(500, Callers.get(server.httpPort(), "/health").statusCode());
    assertEquals(200, statusWith(""));
  }

  @Test
  void tellsTheLivePageWhatCallersDo() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertEquals(200, statusWith(""));
    }
    HttpRequest live = HttpRequest.newBuilder(uri(server.adminPort(), "/live")).build();
    try (Stream<String> lines = client.send(live, BodyHandlers.ofLines()).body()) {
      assertTrue(lines.anyMatch(line -> line.contains("\"name\":\"127.0.0.1\"")));
    }
    try (Stream<String> lines = client.send(live, BodyHandlers.ofLines()).body()) {
      assertTrue(lines.anyMatch(line -> line.contains("\"ended\":{\"routed\":")));
    }
  }

  private String unexpected() {
    return "the configuration in effect is not what the file says";
  }
}
