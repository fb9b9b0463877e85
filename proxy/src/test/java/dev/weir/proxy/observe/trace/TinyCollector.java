package dev.weir.proxy.observe.trace;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Takes traces by OTLP over HTTP, as a collector does, and keeps them. Thread-safe. */
public final class TinyCollector implements AutoCloseable {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final HttpServer server;
  private final List<Received> received = new ArrayList<>();
  private volatile int status = 200;
  private @Nullable Headers lastHead;

  /** On any free port. */
  public TinyCollector() throws IOException {
    this(0);
  }

  public TinyCollector(int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/v1/traces", this::take);
    server.start();
  }

  /**
   * A span, and what its service is called.
   *
   * @param attributes as texts
   */
  public record Received(Span span, String service, Map<String, String> attributes) {

    public String name() {
      return span.getName();
    }

    public String traceId() {
      return HexFormat.of().formatHex(span.getTraceId().toByteArray());
    }

    public String spanId() {
      return HexFormat.of().formatHex(span.getSpanId().toByteArray());
    }

    /** Empty if it has none. */
    public String parentId() {
      return HexFormat.of().formatHex(span.getParentSpanId().toByteArray());
    }

    public long nanos() {
      return span.getEndTimeUnixNano() - span.getStartTimeUnixNano();
    }
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public String endpoint() {
    return "http://127.0.0.1:" + port();
  }

  /** From now on answers so, and keeps what comes with 200 only. */
  public void answerWith(int next) {
    status = next;
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      ExportTraceServiceRequest request =
          ExportTraceServiceRequest.parseFrom(exchange.getRequestBody().readAllBytes());
      int answer = status;
      if (answer == 200) {
        keep(exchange.getRequestHeaders(), request);
      }
      exchange.sendResponseHeaders(answer, -1);
    }
  }

  private synchronized void keep(Headers head, ExportTraceServiceRequest request) {
    lastHead = head;
    for (ResourceSpans each : request.getResourceSpansList()) {
      String service = texts(each.getResource().getAttributesList()).get("service.name");
      each.getScopeSpansList().stream()
          .flatMap(scope -> scope.getSpansList().stream())
          .map(span -> received(span, Objects.requireNonNullElse(service, "")))
          .forEach(received::add);
    }
    notifyAll();
  }

  private static Received received(Span span, String service) {
    return new Received(span, service, texts(span.getAttributesList()));
  }

  private static Map<String, String> texts(List<KeyValue> attributes) {
    return attributes.stream()
        .collect(
            Collectors.toMap(
                KeyValue::getKey,
                each ->
                    each.getValue().hasStringValue()
                        ? each.getValue().getStringValue()
                        : String.valueOf(each.getValue().getIntValue()),
                (one, other) -> one,
                TreeMap::new));
  }

  /** Of the last export. */
  public synchronized @Nullable String header(String name) {
    return lastHead == null ? null : lastHead.getFirst(name);
  }

  /** All spans so far. */
  public synchronized List<Received> all() {
    return List.copyOf(received);
  }

  /**
   * Waits for the server's span that is like that, and returns all of its trace, that first. Spans
   * of one request come together.
   */
  public synchronized List<Received> trace(Predicate<Received> wanted) throws InterruptedException {
    long untilNanos = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      for (Received each : received) {
        if (each.span().getKind() == Span.SpanKind.SPAN_KIND_SERVER && wanted.test(each)) {
          return of(each);
        }
      }
      long leftMillis = TimeUnit.NANOSECONDS.toMillis(untilNanos - System.nanoTime());
      if (leftMillis <= 0) {
        throw new AssertionError("no such trace among " + received);
      }
      wait(leftMillis);
    }
  }

  private List<Received> of(Received root) {
    List<Received> all = new ArrayList<>(List.of(root));
    received.stream().filter(each -> each.parentId().equals(root.spanId())).forEach(all::add);
    return all;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
