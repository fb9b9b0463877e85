package dev.weir.proxy.transport.admin.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.proxy.ManualTicker;
import dev.weir.proxy.path.PathObserver.Outcome;
import dev.weir.proxy.path.Priority;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.proxy.path.Totals.Share;
import dev.weir.proxy.path.Totals.Turned;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the page is told, on a clock that stands still. */
final class SamplerTest {

  private static final Instant NOW = Instant.parse("2026-11-02T03:00:00Z");

  private final ManualTicker ticker = new ManualTicker();
  private final FakeTotals totals = new FakeTotals();
  private final Sampler sampler =
      new Sampler(totals, () -> FakeVitals.CALM, ticker, InstantSource.fixed(NOW));

  private static JsonNode read(String name, byte[] event) throws Exception {
    String text = new String(event, UTF_8);
    String begin = "event: " + name + "\ndata: ";
    assertTrue(text.startsWith(begin) && text.endsWith("\n\n"), text);
    return new ObjectMapper().readTree(text.substring(begin.length()));
  }

  private JsonNode sampleAfter(Duration passed) throws Exception {
    ticker.advance(passed);
    return read("sample", sampler.sample());
  }

  @Test
  void countsFromOneSecondToTheNext() throws Exception {
    totals.refused.put(Reason.OVER_CAPACITY, 70L);
    sampleAfter(Duration.ofSeconds(1));
    totals.refused.put(Reason.OVER_CAPACITY, 75L);
    totals.ended.put(Outcome.ROUTED, 3L);
    totals.admitted.put(Priority.CRITICAL, 4L);
    totals.times.set(1, 3L);

    JsonNode sample = sampleAfter(Duration.ofMillis(1_500));

    assertEquals(NOW.toEpochMilli(), sample.path("at").asLong());
    assertEquals(1.5, sample.path("seconds").asDouble());
    assertEquals("{\"over_capacity\":5}", sample.path("refused").toString());
    assertEquals("{\"routed\":3}", sample.path("ended").toString());
    assertEquals(4, sample.path("tiers").path(0).path("admitted").asInt());
    assertEquals("critical", sample.path("tiers").path(0).path("name").asText());
    assertEquals(0.5, sample.path("tiers").path(2).path("part").asDouble());
    assertEquals("[0,3,0]", sample.path("times").toString());
    assertEquals("closed", sample.path("breaker").asText());
    assertEquals(0.6, sample.path("load").asDouble());
    assertEquals(0.25, sample.path("aheadSeconds").asDouble());
    assertTrue(sample.path("heapUsed").asLong() > 0);
  }

  @Test
  void whatWasBeforeTheFirstSecondIsNotCounted() throws Exception {
    totals.ended.put(Outcome.ROUTED, 1_000_000L);

    assertEquals("{}", sampleAfter(Duration.ofSeconds(1)).path("ended").toString());
  }

  @Test
  void tellsAllReasonsWithWhatAnOperatorHasToLookAtAndToTurn() throws Exception {
    JsonNode reasons = read("hello", sampler.hello()).path("reasons");

    assertEquals(Reason.values().length, reasons.size());
    for (JsonNode reason : reasons) {
      assertFalse(reason.path("sentence").asText().isEmpty());
      assertFalse(reason.path("cause").asText().isEmpty());
      assertFalse(reason.path("turn").asText().isEmpty());
    }
  }

  @Test
  void keepsTheLastRefusalsWithTheirNumbersTheNewestFirst() throws Exception {
    for (int i = 0; i < 100; i++) {
      totals.turned.add(turned("tenant-" + i, 2_000_000));
      sampler.sample();
    }
    totals.turned.add(turned("without numbers", -1));
    sampler.sample();

    JsonNode refusals = read("now", sampler.now()).path("refusals");

    assertEquals(40, refusals.size());
    assertEquals("without numbers", refusals.path(0).path("tenant").asText());
    assertTrue(refusals.path(0).path("estimateMillis").isMissingNode());
    assertEquals("tenant-99", refusals.path(1).path("tenant").asText());
    assertEquals(2, refusals.path(1).path("estimateMillis").asInt());
    assertEquals(7, refusals.path(1).path("waitMillis").asInt());
    assertEquals("over_share", refusals.path(1).path("reason").asText());
  }

  private static Turned turned(String tenant, long estimateNanos) {
    return new Turned(
        Reason.OVER_SHARE, "route", Priority.BATCH, tenant, estimateNanos, 7_000_000, 0.5);
  }

  @Test
  void namesTheBusiestTenantsOfHoweverMany() throws Exception {
    for (int i = 0; i < 2 * Tenants.MOST; i++) {
      totals.shares.add(new Share("tenant-" + i, 10 + i, 1, 1_000_000));
    }
    sampleAfter(Duration.ofSeconds(10));

    JsonNode now = read("now", sampler.now());

    assertEquals(Tenants.MOST, now.path("tenantCount").asInt());
    assertEquals(10, now.path("tenants").size());
    JsonNode busiest = now.path("tenants").path(0);
    assertEquals("tenant-" + (2 * Tenants.MOST - 1), busiest.path("name").asText());
    double half = 0.5 * (10 + 2 * Tenants.MOST - 1) / 10;
    assertEquals(half, busiest.path("answered").asDouble(), 1e-3);
  }

  @Test
  void forgetsTenantsThatAreSilent() throws Exception {
    totals.shares.addAll(List.of(new Share("gone", 10, 0, 0)));
    sampleAfter(Duration.ofSeconds(1));
    sampleAfter(Duration.ofMinutes(5));

    assertEquals(0, read("now", sampler.now()).path("tenants").size());
  }

  @Test
  void namesThatCallersChoseCannotEndALine() throws Exception {
    totals.shares.add(new Share("a\n\nevent: x\"<b>", 10, 0, 0));
    sampleAfter(Duration.ofSeconds(1));

    JsonNode now = read("now", sampler.now());

    assertEquals("a\n\nevent: x\"<b>", now.path("tenants").path(0).path("name").asText());
  }
}
