package dev.weir.proxy.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.ContextInitializer;
import ch.qos.logback.core.joran.spi.JoranException;
import dev.weir.proxy.config.LogSettings;
import dev.weir.proxy.config.LogSettings.Format;
import dev.weir.proxy.path.TransportObserver.Resource;
import dev.weir.routing.RequestKind;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
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
            new LogSettings(Format.JSON, false, false),
            observations ->
                observations.failed(
                    RequestKind.ROUTE, "i-7\"", new IllegalStateException("odd\nnews")));

    assertEquals(1, lines.size(), lines::toString);
    String line = lines.getFirst();
    assertTrue(line.startsWith("{") && line.endsWith("}"), line);
    assertTrue(line.contains("\"incident\":\"i-7\\\"\""), line);
    assertTrue(line.contains("\"kind\":\"route\""), line);
    assertTrue(line.contains("odd\\nnews"), line);
    assertTrue(line.contains("LoggingTest"), line);
  }

  @Test
  void cannotBeMadeToForgeALineOfText() {
    List<String> lines =
        logged(
            new LogSettings(Format.TEXT, false, false),
            observations -> {
              LoggerFactory.getLogger("dev.weir.test").warn("a {}", "b\n2026 ERROR forged");
              observations.failed(
                  RequestKind.ROUTE,
                  "i\nj",
                  new IllegalStateException("x\r\n2026 ERROR\u001b[0m forged"));
            });

    assertTrue(lines.get(0).endsWith("test: a b?2026 ERROR forged "), lines.get(0));
    assertTrue(lines.get(1).contains("incident=\"i?j\""), lines.get(1));
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
            new LogSettings(Format.TEXT, false, false),
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
    List<String> on = logged(new LogSettings(Format.TEXT, true, false), LoggingTest::answer);
    List<String> off = logged(new LogSettings(Format.TEXT, false, false), LoggingTest::answer);

    assertEquals(1, on.size(), on::toString);
    assertTrue(
        on.getFirst()
            .endsWith(
                "INFO  access: answered caller=\"192.0.2.1\" method=\"GET\" resource=\"route\""
                    + " status=\"200\" bytes=\"321\" took_us=\"5000\""),
        on.getFirst());
    assertEquals(List.of(), off);
  }

  @Test
  void keepsLibrariesQuietUntilTheyWarn() {
    List<String> lines =
        logged(
            new LogSettings(Format.TEXT, false, false),
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
            new LogSettings(Format.JSON, false, false),
            observations -> {
              for (int i = 0; i < 100; i++) {
                observations.failed(RequestKind.SPT, "i" + i, new IllegalStateException());
              }
            });

    assertEquals(6, lines.size(), lines::toString);
    assertTrue(lines.get(5).contains("95 lines like this of dev.weir.fault"), lines.get(5));
    assertEquals(95, LogLosses.FLOOD.sum() - before);
  }

  private static void answer(Observations observations) {
    observations.answered(Resource.ROUTE, "GET", 200, 321, 5_000_000, "192.0.2.1");
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
