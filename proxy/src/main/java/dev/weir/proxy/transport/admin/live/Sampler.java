package dev.weir.proxy.transport.admin.live;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.weir.proxy.path.PathObserver.Outcome;
import dev.weir.proxy.path.Priority;
import dev.weir.proxy.path.Refusal.Reason;
import dev.weir.proxy.path.Step;
import dev.weir.proxy.path.Ticker;
import dev.weir.proxy.path.Totals;
import dev.weir.proxy.path.Totals.Distribution;
import dev.weir.proxy.path.Totals.Turned;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Says in JSON what happened since it was asked last. Counts are of that time, not per second; what
 * is zero and has a name of its own is left out. Used by one thread.
 */
final class Sampler {

  private static final int MOST_REFUSALS = 40;
  private static final int MOST_TENANTS = 10;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double PERCENT = 100;

  private final Totals totals;
  private final Supplier<Vitals> vitals;
  private final Ticker ticker;
  private final InstantSource clock;
  private final Jvm jvm = new Jvm();
  private final Map<Object, Long> before = new HashMap<>();
  private final Tenants tenants = new Tenants();
  private final Deque<Seen> refusals = new ArrayDeque<>();
  private long lastNanos;

  private record Seen(long atMillis, Turned turned) {}

  /** Keys of what has none of its own. */
  private enum Count {
    DRY_RUN,
    EXCEEDED,
    FAULTS,
    COLLECTING
  }

  private record Cell(String of, int number) {}

  private record OfTier(Priority priority, boolean admitted) {}

  Sampler(Totals totals, Supplier<Vitals> vitals, Ticker ticker, InstantSource clock) {
    this.totals = totals;
    this.vitals = vitals;
    this.ticker = ticker;
    this.clock = clock;
    this.lastNanos = ticker.nanos();
  }

  /** What does not change. */
  byte[] hello() {
    return Json.event(
        "hello",
        json -> {
          json.writeStartObject();
          json.writeStringField("version", vitals.get().version());
          json.writeNumberField("keptSeconds", Feed.KEPT_SECONDS);
          bounds(json, "timeBounds", totals.times());
          bounds(json, "estimateBounds", totals.estimates());
          json.writeArrayFieldStart("reasons");
          for (Reason reason : Reason.values()) {
            json.writeStartObject();
            json.writeStringField("code", reason.code());
            json.writeStringField("sentence", reason.sentence());
            json.writeStringField("cause", Advice.cause(reason));
            json.writeStringField("turn", Advice.turn(reason));
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private static void bounds(JsonGenerator json, String name, Distribution of) throws IOException {
    json.writeArrayFieldStart(name);
    for (double bound : of.bounds()) {
      json.writeNumber((float) bound);
    }
    json.writeEndArray();
  }

  /** What is kept for those who come later. */
  byte[] sample() {
    long nowNanos = ticker.nanos();
    double seconds = Math.max(1e-3, (nowNanos - lastNanos) / NANOS_PER_SECOND);
    lastNanos = nowNanos;
    tenants.add(totals.takeShares(), seconds);
    remember(totals.takeRefusals());
    Vitals now = vitals.get();
    return Json.event(
        "sample",
        json -> {
          json.writeStartObject();
          json.writeNumberField("at", clock.millis());
          number(json, "seconds", seconds);
          calls(json);
          tiers(json, now);
          spread(json, "times", totals.times());
          spread(json, "estimates", totals.estimates());
          json.writeNumberField("exceeded", since(Count.EXCEEDED, totals.exceeded()));
          condition(json, now);
          json.writeEndObject();
        });
  }

  private void calls(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("refused");
    for (Reason reason : Reason.values()) {
      named(json, reason.code(), since(reason, totals.refused(reason)));
    }
    json.writeEndObject();
    json.writeObjectFieldStart("ended");
    for (Outcome outcome : Outcome.values()) {
      named(json, label(outcome), since(outcome, totals.ended(outcome)));
    }
    json.writeEndObject();
    json.writeObjectFieldStart("degraded");
    for (Step step : Step.values()) {
      named(json, step.code(), since(step, totals.degraded(step)));
    }
    json.writeEndObject();
    json.writeNumberField("dryRun", since(Count.DRY_RUN, totals.wouldHaveRefused()));
    json.writeNumberField("faults", since(Count.FAULTS, totals.faults()));
  }

  private void tiers(JsonGenerator json, Vitals now) throws IOException {
    json.writeArrayFieldStart("tiers");
    for (Priority priority : Priority.values()) {
      json.writeStartObject();
      json.writeStringField("name", label(priority));
      json.writeNumberField(
          "admitted", since(new OfTier(priority, true), totals.admitted(priority)));
      json.writeNumberField(
          "refused", since(new OfTier(priority, false), totals.turnedAway(priority)));
      number(json, "part", now.admittedParts().get(priority.rank()));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void spread(JsonGenerator json, String name, Distribution of) throws IOException {
    json.writeArrayFieldStart(name);
    for (int i = 0; i < of.counts().size(); i++) {
      json.writeNumber(since(new Cell(name, i), of.counts().get(i)));
    }
    json.writeEndArray();
  }

  private void condition(JsonGenerator json, Vitals now) throws IOException {
    json.writeBooleanField("ready", now.ready());
    json.writeBooleanField("drained", now.drained());
    json.writeStringField("breaker", label(now.breaker()));
    json.writeNumberField("permits", now.permits());
    json.writeNumberField("running", now.running());
    json.writeNumberField("queued", now.queued());
    number(json, "aheadSeconds", now.aheadSeconds());
    number(json, "processors", now.processors());
    number(json, "load", now.loadPercent() / PERCENT);
    number(json, "busyProcessors", jvm.busyProcessors());
    json.writeNumberField("heapUsed", jvm.heapUsedBytes());
    json.writeNumberField("collecting", since(Count.COLLECTING, jvm.collectingMillis()));
  }

  /** What only the present matters of. */
  byte[] now() {
    Vitals now = vitals.get();
    return Json.event(
        "now",
        json -> {
          json.writeStartObject();
          json.writeNumberField("uptimeMillis", jvm.uptimeMillis());
          json.writeNumberField("machineProcessors", jvm.processors());
          json.writeNumberField("heapMost", jvm.heapMostBytes());
          words(json, "dryRunRules", now.dryRun());
          words(json, "adjusted", now.adjusted());
          json.writeNumberField("tenantCount", tenants.size());
          json.writeArrayFieldStart("tenants");
          for (Tenants.Rate each : tenants.busiest(MOST_TENANTS)) {
            tenant(json, each);
          }
          json.writeEndArray();
          json.writeArrayFieldStart("refusals");
          for (Seen each : refusals) {
            refusal(json, each);
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private static void tenant(JsonGenerator json, Tenants.Rate rate) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", rate.tenant());
    number(json, "answered", rate.answered());
    number(json, "refused", rate.refused());
    number(json, "processors", rate.processors());
    json.writeEndObject();
  }

  private static void refusal(JsonGenerator json, Seen seen) throws IOException {
    Turned turned = seen.turned();
    json.writeStartObject();
    json.writeNumberField("at", seen.atMillis());
    json.writeStringField("reason", turned.reason().code());
    json.writeStringField("what", turned.what());
    json.writeStringField("priority", label(turned.priority()));
    json.writeStringField("tenant", turned.tenant());
    if (turned.estimateNanos() >= 0) {
      number(json, "estimateMillis", turned.estimateNanos() / NANOS_PER_MILLI);
      number(json, "waitMillis", turned.waitNanos() / NANOS_PER_MILLI);
      number(json, "part", turned.part());
    }
    json.writeEndObject();
  }

  private void remember(List<Turned> latest) {
    long atMillis = clock.millis();
    for (Turned turned : latest) {
      refusals.addFirst(new Seen(atMillis, turned));
    }
    while (refusals.size() > MOST_REFUSALS) {
      refusals.removeLast();
    }
  }

  private static void words(JsonGenerator json, String name, List<String> words)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String word : words) {
      json.writeString(word);
    }
    json.writeEndArray();
  }

  private static void named(JsonGenerator json, String name, long count) throws IOException {
    if (count > 0) {
      json.writeNumberField(name, count);
    }
  }

  /** Three decimals; JSON has no infinity. */
  private static void number(JsonGenerator json, String name, double value) throws IOException {
    double finite = Double.isFinite(value) ? value : 0;
    json.writeNumberField(name, Math.round(1_000 * finite) / 1_000.0);
  }

  private static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** How much more it is than when it was asked for last; 0 for the first time. */
  private long since(Object what, long total) {
    Long last = before.put(what, total);
    return last == null ? 0 : Math.max(0, total - last);
  }
}
