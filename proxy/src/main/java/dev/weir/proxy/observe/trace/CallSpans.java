package dev.weir.proxy.observe.trace;

import dev.weir.proxy.path.Answered;
import dev.weir.proxy.path.Identity;
import dev.weir.proxy.path.Spent;
import dev.weir.proxy.path.Spent.Stay;
import dev.weir.proxy.path.Times;
import dev.weir.proxy.path.Trace;
import dev.weir.proxy.path.TransportObserver;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.TraceStateBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Makes the spans of a request out of the times it left behind: one of the server, and below it one
 * for each step that took any time. Thread-safe.
 */
final class CallSpans {

  static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
  static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
  static final AttributeKey<Long> BYTES = AttributeKey.longKey("http.response.body.size");
  static final AttributeKey<String> RPC = AttributeKey.stringKey("rpc.system");
  static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
  static final AttributeKey<String> REQUEST = AttributeKey.stringKey("weir.request_id");
  static final AttributeKey<String> RESOURCE = AttributeKey.stringKey("weir.resource");
  static final AttributeKey<String> REASON = AttributeKey.stringKey("weir.reason");
  static final AttributeKey<String> TENANT = AttributeKey.stringKey("weir.tenant");
  static final AttributeKey<String> PRIORITY = AttributeKey.stringKey("weir.priority");
  static final AttributeKey<String> KEPT = AttributeKey.stringKey("weir.kept");
  static final AttributeKey<Long> PART = AttributeKey.longKey("weir.part");

  private static final int FIRST_FAULT = 500;

  /** The golden ratio of 64 bits: multiples of it are far apart. */
  private static final long APART = 0x9e3779b97f4a7c15L;

  private static final HexFormat HEX = HexFormat.of();

  private final Resource resource;

  CallSpans(String serviceName, String version) {
    this.resource =
        Resource.getDefault()
            .merge(
                Resource.create(
                    Attributes.of(
                        AttributeKey.stringKey("service.name"),
                        serviceName,
                        AttributeKey.stringKey("service.version"),
                        version)));
  }

  void addTo(List<SpanData> all, Kept kept) {
    new One(kept, all).add();
  }

  /** The spans of one request. */
  private final class One {

    private final Kept kept;
    private final Answered answer;
    private final Times times;
    private final Trace trace;
    private final TraceState state;
    private final SpanContext server;
    private final List<SpanData> all;
    private int steps;

    One(Kept kept, List<SpanData> all) {
      this.kept = kept;
      this.answer = kept.answer();
      this.times = answer.times();
      this.trace = answer.trace();
      this.state = stateOf(trace.state());
      this.server = context(trace.span());
      this.all = all;
    }

    void add() {
      addServer();
      addStep("authenticate", times.arrivedNanos(), times.knownNanos(), Attributes.empty());
      addStep("receive", times.knownNanos(), times.readNanos(), Attributes.empty());
      Spent spent = answer.spent();
      Stay last = spent == null ? null : spent.last();
      boolean ride = answer.resource() == TransportObserver.Resource.TRACK_RIDE;
      if (last != null) {
        addStays(last, ride);
        if (!ride) {
          addStep("write", last.endedNanos(), times.answeredNanos(), Attributes.empty());
        }
      } else if (answer.reason() != null && !ride) {
        addStep("admit", times.readNanos(), times.answeredNanos(), Attributes.empty());
      }
    }

    private void addStays(Stay last, boolean ride) {
      Deque<Stay> inOrder = new ArrayDeque<>();
      for (Stay stay = last; stay != null; stay = stay.before()) {
        inOrder.addFirst(stay);
      }
      if (!ride) {
        long admittedNanos = inOrder.getFirst().admittedNanos();
        addStep("admit", times.readNanos(), admittedNanos, Attributes.empty());
      }
      for (Stay stay : inOrder) {
        Attributes part =
            last.number() > 1 ? Attributes.of(PART, (long) stay.number()) : Attributes.empty();
        addStep("queue", stay.admittedNanos(), stay.startedNanos(), part);
        addStep("engine", stay.startedNanos(), stay.endedNanos(), part);
      }
    }

    private void addServer() {
      SpanContext parent =
          trace.parent() == 0
              ? SpanContext.getInvalid()
              : SpanContext.createFromRemoteParent(
                  trace.traceId(), HEX.toHexDigits(trace.parent()), TraceFlags.getSampled(), state);
      boolean fault = answer.status() >= FIRST_FAULT;
      all.add(
          new Span(
              answer.method() + " " + label(answer.resource()),
              SpanKind.SERVER,
              server,
              parent,
              fault ? StatusData.error() : StatusData.unset(),
              epochNanos(times.arrivedNanos()),
              epochNanos(times.answeredNanos()),
              attributes(fault),
              resource));
    }

    private Attributes attributes(boolean fault) {
      AttributesBuilder about =
          Attributes.builder()
              .put(STATUS, answer.status())
              .put(BYTES, answer.bytes())
              .put(REQUEST, trace.requestId())
              .put(RESOURCE, label(answer.resource()))
              .put(KEPT, label(kept.why()));
      if (answer.method().equals("gRPC")) {
        about.put(RPC, "grpc");
      } else {
        about.put(METHOD, answer.method());
      }
      if (answer.reason() != null) {
        about.put(REASON, answer.reason().code());
      }
      if (fault) {
        about.put(ERROR, String.valueOf(answer.status()));
      }
      Identity asker = kept.asker();
      if (asker != null) {
        about.put(TENANT, asker.tenant()).put(PRIORITY, label(asker.priority()));
      }
      return about.build();
    }

    /** What took no time that a clock can tell is no step. */
    private void addStep(String name, long fromNanos, long toNanos, Attributes attributes) {
      if (toNanos - fromNanos <= 0) {
        return;
      }
      steps++;
      long id = trace.span() + steps * APART;
      all.add(
          new Span(
              name,
              SpanKind.INTERNAL,
              context(id == 0 ? 1 : id),
              server,
              StatusData.unset(),
              epochNanos(fromNanos),
              epochNanos(toNanos),
              attributes,
              resource));
    }

    private SpanContext context(long span) {
      return SpanContext.create(
          trace.traceId(), HEX.toHexDigits(span), TraceFlags.getSampled(), state);
    }

    private long epochNanos(long nanos) {
      return kept.answeredEpochNanos() - (times.answeredNanos() - nanos);
    }
  }

  /** What is not well-formed is left out. */
  static TraceState stateOf(@Nullable String text) {
    if (text == null) {
      return TraceState.getDefault();
    }
    // The builder puts each in front of those before it.
    TraceStateBuilder state = TraceState.builder();
    for (String member : Arrays.asList(text.split(",", -1)).reversed()) {
      int equals = member.indexOf('=');
      if (equals > 0) {
        state.put(member.substring(0, equals).strip(), member.substring(equals + 1).strip());
      }
    }
    return state.build();
  }

  private static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
