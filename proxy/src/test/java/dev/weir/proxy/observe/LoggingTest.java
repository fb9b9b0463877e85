package dev.weir.proxy.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.ContextInitializer;
import ch.qos.logback.core.joran.spi.JoranException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.proxy.Profiles;
import dev.weir.proxy.config.LogLevel;
import dev.weir.proxy.config.LogSettings;
import dev.weir.proxy.config.LogSettings.Format;
import dev.weir.proxy.path.Answered;
import dev.weir.proxy.path.Identity;
import dev.weir.proxy.path.LogSwitch;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.proxy.path.Spent;
import dev.weir.proxy.path.Times;
import dev.weir.proxy.path.Trace;
import dev.weir.proxy.path.TransportObserver.Resource;
import dev.weir.routing.RequestKind;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@ResourceLock(Resources.SYSTEM_OUT)
final class LoggingTest {

  /** Logging is of the whole process: other tests find it as they expect it. */
  @AfterAll
  static void restore() throws JoranException {
    new ContextInitializer((LoggerContext) LoggerFactory.getILoggerFactory()).autoConfig();
  }

  @Test
  void writesOneObjectPerIncidentWithItsTrace() {
    List<String> lines =
        logged(
            new LogSettings(Format.JSON, false, 100, false),
            observations ->
                observations.failed(
                    RequestKind.ROUTE,
                    trace("i-7"),
                    Identity.of("taxi \"1\""),
                    new IllegalStateException("odd\nnews")));

    assertEquals(1, lines.size(), lines::toString);
    String line = lines.getFirst();
    assertTrue(line.startsWith("{") && line.endsWith("}"), line);
    assertTrue(line.contains("\"request\":\"i-7\""), line);
    assertTrue(line.contains("\"trace\":\"00000000000000070000000000000008\""), line);
    assertTrue(line.contains("\"tenant\":\"taxi ?1?\""), line);
    assertTrue(line.contains("\"kind\":\"route\""), line);
    assertTrue(line.contains("odd\\nnews"), line);
    assertTrue(line.contains("LoggingTest"), line);
  }

  @Test
  void whatIsNoCallYetFailsUnderItsTraceToo() {
    List<String> lines =
        logged(
            new LogSettings(Format.JSON, false, 100, false),
            observations ->
                observations.failed(Resource.ROUTE, trace("i-8"), new IllegalStateException()));

    assertEquals(1, lines.size(), lines::toString);
    String line = lines.getFirst();
    assertTrue(line.contains("\"request\":\"i-8\""), line);
    assertTrue(line.contains("\"trace\":\"00000000000000070000000000000008\""), line);
    assertFalse(line.contains("tenant"), line);
  }

  @Test
  void tellsWhoseCallADecisionWasAbout() throws Exception {
    List<String> lines =
        logged(
            new LogSettings(Format.JSON, false, 100, true),
            observations ->
                observations.sampled(
                    Profiles.ROUTE.of("taxi \"1\"").at(0), Reason.OVER_SHARE, 9_000_000, 0.25));

    assertEquals(1, lines.size(), lines::toString);
    JsonNode decision = new ObjectMapper().readTree(lines.getFirst());
    assertEquals("taxi ?1?", decision.path("tenant").asText());
    assertEquals("default", decision.path("priority").asText());
    assertEquals("over_share", decision.path("decision").asText());
    assertEquals(9_000, decision.path("wait_us").intValue());
  }

  @Test
  void writesWhatALineIsAboutAsFieldsOfItsObject() throws Exception {
    List<String> lines =
        logged(
            new LogSettings(Format.JSON, true, 100, false),
            observations -> {
              observations.answered(
                  answered(200, new Spent(1_000_000, 3_000_000), "taxi \"1\"\n\u2028"));
              LoggerFactory.getLogger("dev.weir.test").warn("a {}", "\"b\"\n");
            });

    Map<String, JsonNode> byLogger = new HashMap<>();
    for (String line : lines) {
      JsonNode object = new ObjectMapper().readTree(line);
      byLogger.put(object.path("logger").asText(), object);
    }
    JsonNode answer = Objects.requireNonNull(byLogger.get("dev.weir.access"));
    assertEquals("answered", answer.path("message").asText());
    assertEquals("INFO", answer.path("level").asText());
    assertEquals("r-1", answer.path("request").asText());
    assertEquals("00000000000000070000000000000008", answer.path("trace").asText());
    assertEquals("taxi ?1?\n\u2028", answer.path("tenant").asText());
    assertEquals(200, answer.path("status").intValue());
    assertEquals(3_000, answer.path("engine_us").intValue());
    assertTrue(Instant.parse(answer.path("time").asText()).isAfter(Instant.EPOCH));
    JsonNode other = Objects.requireNonNull(byLogger.get("dev.weir.test"));
    assertEquals("a \"b\"\n", other.path("message").asText());
  }

  @Test
  void logsAsMuchOfAPartAsItIsTold() {
    List<String> lines =
        logged(
            new LogSettings(
                Format.TEXT,
                false,
                100,
                false,
                List.of(
                    new LogLevel("dev.weir.test", LogLevel.Level.DEBUG),
                    new LogLevel("com.graphhopper", LogLevel.Level.OFF))),
            _ -> {
              LoggerFactory.getLogger("dev.weir.test.a").debug("detail");
              LoggerFactory.getLogger("dev.weir.other").debug("chatter");
              LoggerFactory.getLogger("com.graphhopper.GraphHopper").error("odd");
            });

    assertEquals(1, lines.size(), lines::toString);
    assertTrue(lines.getFirst().contains("detail"), lines.getFirst());
  }

  @Test
  void anOperatorChangesLevelsUntilTheSettingsDo() {
    LogLevels levels = new LogLevels();
    LogSettings settings = new LogSettings(Format.TEXT, false, 100, false);
    List<String> lines =
        logged(
            settings,
            _ -> {
              Logger log = LoggerFactory.getLogger("dev.weir.test.b");
              assertEquals("dev.weir.test debug", setLevel(levels, "dev.weir.test", "debug"));
              log.debug("first");
              assertTrue(levels.lines().contains("dev.weir.test debug"), levels.lines()::toString);
              assertEquals(
                  "dev.weir.test info (default)", setLevel(levels, "dev.weir.test", "default"));
              log.debug("second");
              assertEquals("ROOT error", setLevel(levels, "ROOT", "error"));
              log.warn("third");
            });

    assertEquals(1, lines.size(), lines::toString);
    assertTrue(lines.getFirst().contains("first"), lines.getFirst());
    assertEquals(
        1, logged(settings, _ -> LoggerFactory.getLogger("dev.weir.test.b").warn("x")).size());
  }

  private static String setLevel(LogLevels levels, String logger, String level) {
    try {
      return levels.set(logger, level);
    } catch (LogSwitch.Illegal e) {
      return "illegal: " + e.getMessage();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no.such.logger | info | no such logger",
        "dev.weir.test  | loud | no such level",
        "io.grpc        | debug | what callers send",
        "ROOT           | debug | what callers send",
        "ROOT           | default | no default",
        "dev.weir.access | info | log.access",
      })
  void anOperatorHearsWhatCannotBeSet(String logger, String level, String why) {
    LoggerFactory.getLogger("dev.weir.test");
    logged(
        new LogSettings(Format.TEXT, false, 100, false),
        _ -> {
          String told = setLevel(new LogLevels(), logger, level);
          assertTrue(told.startsWith("illegal") && told.contains(why), told);
        });
    assertNull(((LoggerContext) LoggerFactory.getILoggerFactory()).exists("no.such.logger"));
  }

  @Test
  void cannotBeMadeToForgeALineOfText() {
    List<String> lines =
        logged(
            new LogSettings(Format.TEXT, false, 100, false),
            observations -> {
              LoggerFactory.getLogger("dev.weir.test").warn("a {}", "b\n2026 ERROR forged");
              observations.failed(
                  RequestKind.ROUTE,
                  trace("i\nj"),
                  Identity.of("taxi"),
                  new IllegalStateException("x\r\n2026 ERROR\u001b[0m forged"));
            });

    assertTrue(lines.get(0).endsWith("test: a b?2026 ERROR forged "), lines.get(0));
    assertTrue(lines.get(1).contains("request=\"i?j\""), lines.get(1));
    assertTrue(lines.size() > 3, lines::toString);
    for (String line : lines.subList(2, lines.size())) {
      assertTrue(line.startsWith("    "), line);
      assertFalse(line.contains("\u001b"), line);
    }
  }

  @Test
  void whatLibrariesLogTheirOwnWayIsHeldBackInAFloodAsWell() {
    List<String> lines =
        logged(
            new LogSettings(Format.TEXT, false, 100, false),
            _ -> {
              for (int i = 0; i < 1_000; i++) {
                java.util.logging.Logger.getLogger("io.grpc.netty.X").warning("Stream Error");
                java.util.logging.Logger.getLogger("other.library").warning("odd");
              }
              java.util.logging.Logger.getLogger("io.grpc.netty.X").severe("broken");
            });

    assertTrue(lines.getFirst().contains("odd"), lines.getFirst());
    assertTrue(lines.stream().noneMatch(line -> line.contains("Stream Error")), lines::toString);
    assertTrue(lines.stream().anyMatch(line -> line.contains("broken")), lines::toString);
    assertTrue(lines.size() < 100, () -> lines.size() + " lines");
  }

  @Test
  void writesALinePerAnswerIfWanted() {
    List<String> on = logged(access(100), LoggingTest::answer);
    List<String> off = logged(new LogSettings(Format.TEXT, false, 100, false), LoggingTest::answer);

    assertEquals(1, on.size(), on::toString);
    assertTrue(
        on.getFirst()
            .endsWith(
                "INFO  access: answered request=\"r-1\" trace=\"00000000000000070000000000000008\""
                    + " span=\"0000000000000009\" caller=\"192.0.2.1\" tenant=\"taxi\""
                    + " priority=\"default\" method=\"GET\" resource=\"route\" status=\"200\""
                    + " bytes=\"321\" took_us=\"5000\" queue_us=\"1000\" engine_us=\"3000\""),
        on.getFirst());
    assertEquals(List.of(), off);
  }

  @Test
  void tellsWhyARequestWasTurnedAwayAndCutsAFloodOfThemShort() {
    long before = LogLosses.FLOOD.sum();
    List<String> lines =
        logged(
            access(2),
            observations -> {
              for (int i = 0; i < 10; i++) {
                refuse(observations, 503, Reason.OVER_CAPACITY);
                refuse(observations, 404, null);
              }
              answer(observations);
            });

    assertEquals(3, lines.size(), lines::toString);
    assertTrue(lines.get(0).contains("status=\"503\" reason=\"over_capacity\""), lines.get(0));
    assertTrue(lines.get(1).contains("status=\"404\" bytes="), lines.get(1));
    assertTrue(lines.get(2).contains("status=\"200\""), lines.get(2));
    assertEquals(18, LogLosses.FLOOD.sum() - before);
  }

  @Test
  void asksNobodyWhoIsUnknownAgain() {
    List<String> lines =
        logged(access(100), observations -> refuse(observations, 401, Reason.KEY_REQUIRED));

    assertEquals(1, lines.size(), lines::toString);
    assertFalse(lines.getFirst().contains("tenant"), lines.getFirst());
  }

  @Test
  void aTenantCannotPassForOtherFieldsNorFillALine() {
    String name = "a\" status=\"200\n" + "b".repeat(1_000);
    List<String> lines =
        logged(access(100), observations -> observations.answered(answered(200, null, name)));

    assertEquals(1, lines.size(), lines::toString);
    assertTrue(
        lines.getFirst().contains("tenant=\"a? status=?200?" + "b".repeat(49) + "\" "),
        lines.getFirst());
  }

  @Test
  void keepsLibrariesQuietUntilTheyWarn() {
    List<String> lines =
        logged(
            new LogSettings(Format.TEXT, false, 100, false),
            observations -> {
              LoggerFactory.getLogger("com.graphhopper.GraphHopper").info("chatter");
              LoggerFactory.getLogger("io.netty.channel").info("chatter");
              LoggerFactory.getLogger("io.netty.channel").warn("news");
            });

    assertEquals(1, lines.size(), lines::toString);
    assertFalse(lines.getFirst().contains("chatter"));
  }

  @Test
  void cutsAFloodOfFaultsShortAndCountsTheRest() {
    long before = LogLosses.FLOOD.sum();
    List<String> lines =
        logged(
            new LogSettings(Format.JSON, false, 100, false),
            observations -> {
              for (int i = 0; i < 100; i++) {
                observations.failed(
                    RequestKind.SPT,
                    trace("i" + i),
                    Identity.of("taxi"),
                    new IllegalStateException());
              }
            });

    assertEquals(6, lines.size(), lines::toString);
    assertTrue(lines.get(5).contains("95 lines like this of dev.weir.fault"), lines.get(5));
    assertEquals(95, LogLosses.FLOOD.sum() - before);
  }

  private static LogSettings access(int refusalsPerSecond) {
    return new LogSettings(Format.TEXT, true, refusalsPerSecond, false);
  }

  private static Trace trace(String requestId) {
    return new Trace(requestId, 7, 8, 9);
  }

  private static void answer(Observations observations) {
    observations.answered(answered(200, new Spent(1_000_000, 3_000_000), "taxi"));
  }

  private static Answered answered(int status, @Nullable Spent spent, String tenant) {
    return new Answered(
        trace("r-1"),
        Resource.ROUTE,
        "GET",
        status,
        null,
        321,
        Times.of(0, 5_000_000),
        spent,
        "192.0.2.1",
        false,
        () -> Identity.of(tenant));
  }

  private static void refuse(Observations observations, int status, @Nullable Reason reason) {
    observations.answered(
        new Answered(
            trace("r-2"),
            Resource.ROUTE,
            "GET",
            status,
            reason,
            99,
            Times.of(0, 5_000),
            null,
            "192.0.2.1",
            false,
            () -> {
              if (status == 401) {
                throw new AssertionError("asked who it is");
              }
              return null;
            }));
  }

  private interface Deed {
    void on(Observations observations);
  }

  private static List<String> logged(LogSettings settings, Deed deed) {
    PrintStream before = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try (Logging logging = Logging.start(settings, () -> 0);
        Observations observations = new Observations("1")) {
      deed.on(observations);
    } finally {
      System.setOut(before);
    }
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
