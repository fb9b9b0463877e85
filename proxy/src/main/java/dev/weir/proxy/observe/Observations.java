package dev.weir.proxy.observe;

import dev.weir.proxy.path.Answered;
import dev.weir.proxy.path.CertificateObserver;
import dev.weir.proxy.path.Estimate;
import dev.weir.proxy.path.PathObserver;
import dev.weir.proxy.path.Priority;
import dev.weir.proxy.path.Profile;
import dev.weir.proxy.path.Refusal;
import dev.weir.proxy.path.Step;
import dev.weir.proxy.path.TokenObserver;
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

/**
 * Counts and logs what path and transports tell. Thread-safe; nothing blocks. Labels come from
 * enums only, never from what a caller sent, so the number of series is fixed.
 */
public final class Observations
    implements PathObserver, TransportObserver, CertificateObserver, TokenObserver, AutoCloseable {

  private static final Logger FAULTS = LoggerFactory.getLogger("dev.weir.fault");

  private final Meters meters = new Meters();
  private final Map<RequestKind, CallMeters> calls = new EnumMap<>(RequestKind.class);
  private final Map<Priority, TierMeters> tiers = new EnumMap<>(Priority.class);
  private final Map<Port, Distribution> loopLag = new EnumMap<>(Port.class);
  private final WireMeters wire = new WireMeters(meters);
  private final CertificateMeters certificates = new CertificateMeters(meters);
  private final TokenMeters tokens = new TokenMeters(meters);
  private final RuntimeMeters runtime = new RuntimeMeters(meters);
  private final boolean logs;

  /**
   * @param version of Weir
   */
  public Observations(String version) {
    this(version, true);
  }

  private Observations(String version, boolean logs) {
    this.logs = logs;
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
  }

  /** Counts, and logs nothing. */
  public static Observations unlogged(String version) {
    return new Observations(version, false);
  }

  /** Exports what the parts of the data plane tell of themselves; call it once. */
  public void watch(Gauges gauges) {
    gauges.register(meters);
  }

  /** All metrics in the text format of Prometheus, version 0.0.4. */
  public String scrape() {
    return meters.scrape();
  }

  /** The same in protobuf, as delimited messages, with native histograms besides the classic. */
  public byte[] scrapeInProtobuf() {
    return meters.scrapeInProtobuf();
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
  public void ended(
      RequestKind kind, Outcome outcome, long queueNanos, long engineNanos, long totalNanos) {
    Meters.of(calls, kind).ended(outcome, queueNanos, engineNanos, totalNanos);
  }

  @Override
  public void degraded(RequestKind kind, Set<Step> left) {
    Meters.of(calls, kind).degraded(left);
  }

  @Override
  public void estimated(RequestKind kind, Estimate estimate, long busyNanos) {
    Meters.of(calls, kind).estimated(estimate, busyNanos);
  }

  @Override
  public void failed(RequestKind kind, Trace trace, Throwable fault) {
    Meters.of(calls, kind).failed();
    log("kind", kind, trace, fault);
  }

  @Override
  public void failed(Resource resource, Trace trace, Throwable fault) {
    wire.failed();
    log("resource", resource, trace, fault);
  }

  private void log(String key, Enum<?> what, Trace trace, Throwable fault) {
    if (!logs) {
      return;
    }
    FAULTS
        .atError()
        .addKeyValue("request", trace.requestId())
        .addKeyValue("trace", trace.traceId())
        .addKeyValue("span", trace.spanId())
        .addKeyValue(key, Meters.label(what))
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
    if (logs) {
      AccessLog.write(answer);
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

  /** Stops listening to the JVM. */
  @Override
  public void close() {
    runtime.close();
  }
}
