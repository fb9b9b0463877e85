package dev.weir.proxy.observe;

import dev.weir.proxy.observe.trace.Fates;
import dev.weir.proxy.observe.trace.Tracing;
import dev.weir.proxy.path.Answered;
import dev.weir.proxy.path.Call;
import dev.weir.proxy.path.CertificateObserver;
import dev.weir.proxy.path.Estimate;
import dev.weir.proxy.path.Exposition;
import dev.weir.proxy.path.Identity;
import dev.weir.proxy.path.PathObserver;
import dev.weir.proxy.path.Priority;
import dev.weir.proxy.path.Profile;
import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Step;
import dev.weir.proxy.path.TokenObserver;
import dev.weir.proxy.path.Totals;
import dev.weir.proxy.path.Trace;
import dev.weir.proxy.path.TransportObserver;
import dev.weir.routing.RequestKind;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Counts, logs and traces what path and transports tell. Thread-safe; nothing blocks. Labels come
 * from enums only, never from what a caller sent, so the number of series is fixed.
 */
public final class Observations
    implements PathObserver, TransportObserver, CertificateObserver, TokenObserver, AutoCloseable {

  private static final Logger FAULTS = LoggerFactory.getLogger("dev.weir.fault");

  private final @Nullable Tracing tracing;
  private final Meters meters = new Meters();
  private final Map<RequestKind, CallMeters> calls = new EnumMap<>(RequestKind.class);
  private final Map<Priority, TierMeters> tiers = new EnumMap<>(Priority.class);
  private final Map<Port, Distribution> loopLag = new EnumMap<>(Port.class);
  private final WireMeters wire = new WireMeters(meters);
  private final CertificateMeters certificates = new CertificateMeters(meters);
  private final TokenMeters tokens = new TokenMeters(meters);
  private final RuntimeMeters runtime = new RuntimeMeters(meters);
  private final Samples samples = new Samples();
  private final Counted totals = new Counted(calls.values(), tiers, wire, samples);
  private final boolean logs;

  /**
   * @param version of Weir
   */
  public Observations(String version) {
    this(version, null);
  }

  /**
   * @param version of Weir
   * @param tracing hears of every answer, and is closed in the end; {@code null} if none is
   *     exported
   */
  public Observations(String version, @Nullable Tracing tracing) {
    this(version, tracing, true);
  }

  private Observations(String version, @Nullable Tracing tracing, boolean logs) {
    this.logs = logs;
    this.tracing = tracing;
    for (RequestKind kind : RequestKind.values()) {
      calls.put(kind, new CallMeters(meters, kind));
    }
    for (Priority priority : Priority.values()) {
      tiers.put(priority, new TierMeters(meters, priority));
    }
    for (Port port : Port.values()) {
      loopLag.put(port, meters.histogram(Metric.LOOP_LAG, Buckets.LAG, Meters.label(port)));
    }
    meters.gauge(Metric.BUILD, () -> 1, version, Runtime.version().toString());
    LogLosses.register(meters);
    TraceMeters.register(meters, tracing == null ? new Fates() : tracing.fates());
  }

  /** Counts, and logs nothing. */
  public static Observations unlogged(String version) {
    return new Observations(version, null, false);
  }

  /** Exports what the parts of the data plane tell of themselves; call it once. */
  public void watch(Gauges gauges) {
    gauges.register(meters);
  }

  /** What was counted, for who shows it. */
  public Totals totals() {
    return totals;
  }

  /** All metrics in the text format of Prometheus. */
  public String scrape() {
    return scrape("").text();
  }

  /**
   * All metrics.
   *
   * @param accept what the scraper understands, as it says itself
   */
  public Exposition scrape(String accept) {
    return meters.scrape(accept);
  }

  /** A thread that reads and writes for that port came so late to a task. */
  public void loopLagged(Port port, long nanos) {
    Meters.of(loopLag, port).record(Meters.seconds(nanos));
  }

  @Override
  public void refused(RequestKind kind, Refusal.Reason reason) {
    Meters.of(calls, kind).refused(reason);
  }

  @Override
  public void decided(Priority priority, Refusal.@Nullable Reason reason) {
    Meters.of(tiers, priority).decided(reason);
  }

  @Override
  public void wouldHaveRefused(RequestKind kind, Refusal.Reason reason) {
    Meters.of(calls, kind).wouldHaveRefused(reason);
  }

  @Override
  public void sampled(
      Profile profile, Refusal.@Nullable Reason reason, long waitNanos, double part) {
    Meters.of(tiers, profile.priority()).sampled(waitNanos);
    if (logs) {
      DecisionLog.write(profile, reason, waitNanos, part);
    }
  }

  @Override
  public void turnedAway(Profile asked, Refusal.Reason reason, long waitNanos, double part) {
    samples.turnedAway(asked, reason, waitNanos, part);
  }

  @Override
  public @Nullable Passage admitted(Call call, Profile profile) {
    return logs ? FlightPassage.begin(call, profile) : null;
  }

  @Override
  public void ended(
      RequestKind kind,
      Trace trace,
      Outcome outcome,
      long queueNanos,
      long engineNanos,
      long totalNanos) {
    Distribution.Example example =
        tracing != null && outcome != Outcome.ABANDONED && tracing.exports(trace, totalNanos)
            ? new Distribution.Example(trace, tracing.epochMillis())
            : null;
    Meters.of(calls, kind).ended(outcome, queueNanos, engineNanos, totalNanos, example);
    totals.took(totalNanos);
  }

  @Override
  public void degraded(RequestKind kind, Set<Step> left) {
    Meters.of(calls, kind).degraded(left);
  }

  @Override
  public void estimated(RequestKind kind, Estimate estimate, long busyNanos) {
    Meters.of(calls, kind).estimated(estimate, busyNanos);
    totals.estimated(estimate, busyNanos);
  }

  @Override
  public void failed(RequestKind kind, Trace trace, Identity asker, Throwable fault) {
    Meters.of(calls, kind).failed();
    log("kind", kind, trace, asker, fault);
  }

  @Override
  public void failed(Resource resource, Trace trace, Throwable fault) {
    wire.failed();
    // To ask whose it was could be the fault.
    log("resource", resource, trace, null, fault);
  }

  private void log(
      String key, Enum<?> what, Trace trace, @Nullable Identity asker, Throwable fault) {
    if (!logs) {
      return;
    }
    LoggingEventBuilder line =
        FAULTS
            .atError()
            .addKeyValue("request", trace.requestId())
            .addKeyValue("trace", trace.traceId())
            .addKeyValue("span", trace.spanId());
    if (asker != null) {
      line = line.addKeyValue("tenant", AccessLog.tame(asker.tenant()));
    }
    line.addKeyValue(key, Meters.label(what))
        .setCause(fault)
        .log("A call failed for a fault of ours.");
  }

  @Override
  public void connectionOpened() {
    wire.opened();
  }

  @Override
  public void connectionClosed() {
    wire.closed();
  }

  @Override
  public void connectionCut(Cut why) {
    wire.cut(why);
  }

  @Override
  public void answered(Answered answer) {
    wire.answered(answer.resource(), answer.status(), answer.bytes());
    samples.answered(answer);
    if (!logs) {
      return;
    }
    AccessLog.write(answer);
    if (answer.reason() != null) {
      FlightPassage.refused(answer, answer.reason());
    }
    if (tracing != null) {
      tracing.answered(answer);
    }
  }

  @Override
  public void pendingAnswerBytes(long change) {
    wire.pending(change);
  }

  @Override
  public void certificateInUse(Port port, Instant expires) {
    certificates.inUse(port, expires);
  }

  @Override
  public void certificateRefused(Port port) {
    certificates.refused(port);
  }

  @Override
  public void tokenFound(Finding what) {
    tokens.found(what);
  }

  @Override
  public void keysRefused() {
    tokens.keysRefused();
  }

  /** Stops listening to the JVM, and exports what is to be exported. */
  @Override
  public void close() {
    runtime.close();
    if (tracing != null) {
      tracing.close();
    }
  }
}
