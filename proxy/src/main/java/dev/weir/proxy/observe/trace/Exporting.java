package dev.weir.proxy.observe.trace;

import dev.weir.proxy.config.TracingSettings;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes spans of what is kept and sends them, on a thread of its own. What is too much for the
 * queue, or what the collector does not take at the first attempt, is dropped and counted; that the
 * collector is away is said once. Thread-safe.
 */
final class Exporting implements AutoCloseable {

  // OpenTelemetry's own processor is not used: it counts what it drops only where its own metrics
  // are collected, and says again and again that the collector is away.

  /** Each of a few hundred bytes, and of a ride or a stream a few thousand. */
  private static final int QUEUED = 2_048;

  /** Spans of so many requests are a few hundred kilobytes. */
  private static final int BATCH = 256;

  /** Fewer, larger messages: nobody looks at a trace within a second. */
  private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final long STOP_MILLIS = 2_000;
  private static final String DEFAULT_PATH = "/v1/traces";

  private static final Logger LOG = LoggerFactory.getLogger(Exporting.class);

  private final BlockingQueue<Kept> queue = new ArrayBlockingQueue<>(QUEUED);

  /** To wake the thread for each request would cost more than its spans do. */
  private final Semaphore full = new Semaphore(0);

  private final Fates fates = new Fates();
  private final SpanExporter exporter;
  private final CallSpans spans;
  private final String endpoint;
  private final Thread thread;
  private volatile boolean closing;
  private boolean away;

  private Exporting(SpanExporter exporter, CallSpans spans, String endpoint) {
    this.exporter = exporter;
    this.spans = spans;
    this.endpoint = endpoint;
    this.thread = Thread.ofPlatform().name("weir-traces").daemon().unstarted(this::run);
  }

  static Exporting start(TracingSettings settings, String version) {
    String endpoint = withPath(settings.endpoint());
    OtlpHttpSpanExporterBuilder builder =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(endpoint)
            .setTimeout(TIMEOUT)
            .setConnectTimeout(TIMEOUT)
            .setRetryPolicy(null);
    settings.headers().forEach(header -> builder.addHeader(header.name(), header.value()));
    CallSpans spans = new CallSpans(settings.serviceName(), version);
    Exporting exporting = new Exporting(builder.build(), spans, endpoint);
    exporting.thread.start();
    return exporting;
  }

  /** Where traces go at a collector of which no more than the port is named. */
  private static String withPath(String endpoint) {
    String path = URI.create(endpoint).getPath();
    if (path == null || path.isEmpty()) {
      return endpoint + DEFAULT_PATH;
    }
    return path.equals("/") ? endpoint + DEFAULT_PATH.substring(1) : endpoint;
  }

  Fates fates() {
    return fates;
  }

  void add(Kept kept) {
    if (closing || !queue.offer(kept)) {
      fates.queueFull().increment();
    } else if (queue.size() >= BATCH && full.availablePermits() == 0) {
      full.release();
    }
  }

  private void run() {
    while (!closing || !queue.isEmpty()) {
      try {
        List<Kept> batch = nextBatch();
        if (!batch.isEmpty()) {
          export(batch);
        }
      } catch (InterruptedException e) {
        // it is time to send what there is; see close()
      } catch (RuntimeException | Error fault) {
        LOG.error("Traces could not be made.", fault);
      }
    }
  }

  /** Waits for a while, or until a batch is full, and takes what there is. */
  private List<Kept> nextBatch() throws InterruptedException {
    if (!closing && queue.size() < BATCH) {
      var _ = full.tryAcquire(LINGER_NANOS, TimeUnit.NANOSECONDS);
    }
    List<Kept> batch = new ArrayList<>();
    queue.drainTo(batch, BATCH);
    return batch;
  }

  private void export(List<Kept> batch) {
    List<SpanData> all = new ArrayList<>();
    batch.forEach(each -> spans.addTo(all, each));
    CompletableResultCode result = exporter.export(all);
    result.join(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    if (Thread.interrupted()) { // by close(), which is in no greater hurry than that
      result.join(STOP_MILLIS, TimeUnit.MILLISECONDS);
    }
    boolean taken = result.isSuccess();
    (taken ? fates.exported() : fates.failed()).add(batch.size());
    if (taken && away) {
      LOG.info("tracing: {} takes traces again", endpoint);
    } else if (!taken && !away) {
      LOG.warn(
          "tracing: {} takes no traces ({}); they are dropped until it does",
          endpoint,
          why(result));
    }
    away = !taken;
  }

  private static String why(CompletableResultCode result) {
    Throwable cause = result.getFailureThrowable();
    while (cause != null && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause == null) {
      return "no answer";
    }
    // What the collector said is not to be had without looking into the library.
    boolean theirs = cause.getClass().getName().startsWith("io.opentelemetry.");
    return theirs ? "it would not have them" : cause.toString();
  }

  @Override
  public void close() {
    if (closing) {
      return;
    }
    closing = true;
    thread.interrupt();
    try {
      thread.join(STOP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    exporter.shutdown().join(STOP_MILLIS, TimeUnit.MILLISECONDS);
  }
}
