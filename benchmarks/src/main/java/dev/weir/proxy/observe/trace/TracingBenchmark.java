package dev.weir.proxy.observe.trace;

import com.sun.net.httpserver.HttpServer;
import dev.weir.proxy.config.TracingSettings;
import dev.weir.proxy.observe.Observations;
import dev.weir.proxy.observe.trace.Kept.Why;
import dev.weir.proxy.path.Answered;
import dev.weir.proxy.path.Identity;
import dev.weir.proxy.path.PathObserver.Outcome;
import dev.weir.proxy.path.Spent;
import dev.weir.proxy.path.Times;
import dev.weir.proxy.path.Trace;
import dev.weir.proxy.path.TransportObserver.Resource;
import dev.weir.proxy.transport.Traces;
import dev.weir.routing.RequestKind;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a call costs its own threads for traces: to be named, to have its steps timed, and to be
 * counted and told of in the end; and what an exported one costs the thread that exports.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TracingBenchmark {

  private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0";
  private static final Identity TAXI = Identity.of("taxi");

  /** Off; on, and the call is not exported; on, and it is. */
  @Param({"off", "unsampled", "sampled"})
  private String tracing = "off";

  private @Nullable HttpServer collector;
  private Observations observations = new Observations("benchmark");
  private Traces traces = new Traces(new SplittableRandom(1));
  private String parent = "";
  private final CallSpans spans = new CallSpans("weir", "benchmark");

  @Setup(Level.Trial)
  public void open() throws IOException {
    HttpServer sink =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    sink.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, -1);
          }
        });
    sink.start();
    collector = sink;
    // As many as the rate lets through by default would hide what the others cost.
    TracingSettings settings =
        tracing.equals("off")
            ? TracingSettings.off()
            : new TracingSettings(
                "http://127.0.0.1:" + sink.getAddress().getPort(),
                0,
                Duration.ofSeconds(1),
                100_000,
                "weir",
                List.of());
    Tracing exporting =
        Tracing.start(() -> settings, "benchmark", System::nanoTime, InstantSource.system());
    observations.close();
    observations = new Observations("benchmark", exporting);
    traces = new Traces(new SplittableRandom(1), () -> settings);
    parent = PARENT + (tracing.equals("sampled") ? "1" : "0");
  }

  @TearDown(Level.Trial)
  public void close() {
    observations.close();
    if (collector != null) {
      collector.stop(0);
    }
  }

  /** All that a call does for its trace, and the counting that it shares with it. */
  @Benchmark
  public void call() {
    Trace trace = traces.of(null, parent, null);
    long arrivedNanos = System.nanoTime();
    long knownNanos = traces.now(System::nanoTime, arrivedNanos);
    long readNanos = traces.now(System::nanoTime, knownNanos);
    observations.ended(
        RequestKind.ROUTE,
        trace,
        Outcome.ROUTED,
        1_000,
        1_000_000,
        System.nanoTime() - arrivedNanos);
    observations.answered(answered(trace, arrivedNanos, knownNanos, readNanos));
  }

  private static Answered answered(Trace trace, long arrived, long known, long read) {
    return new Answered(
        trace,
        Resource.ROUTE,
        "GET",
        200,
        null,
        4_096,
        new Times(arrived, known, read, arrived + 1_010_000),
        new Spent(arrived + 5_000, arrived + 6_000, arrived + 1_006_000, 900_000),
        "127.0.0.1",
        false,
        () -> TAXI);
  }

  /** On the thread that exports, without the bytes on the wire. */
  @Benchmark
  public List<SpanData> makeSpans() {
    List<SpanData> all = new ArrayList<>();
    Trace trace = new Trace(null, 1, 2, 3, 4, true, null);
    spans.addTo(all, new Kept(answered(trace, 0, 1_000, 2_000), TAXI, Why.SAMPLED, 1L << 60));
    return all;
  }
}
