package dev.weir.proxy.transport.http;

import dev.weir.proxy.config.DeadlineSettings;
import dev.weir.proxy.config.HttpSettings;
import dev.weir.proxy.config.TlsSettings;
import dev.weir.proxy.path.FloodSwitch;
import dev.weir.proxy.path.LoadReport;
import dev.weir.proxy.path.Priority;
import dev.weir.proxy.transport.BindFailed;
import dev.weir.proxy.transport.ContractRules;
import dev.weir.proxy.transport.FakeApplication;
import dev.weir.proxy.transport.RecordingObserver;
import dev.weir.proxy.transport.TestQuotes;
import dev.weir.proxy.transport.Traces;
import dev.weir.proxy.transport.tls.Certificates;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A server on a free port, with a fake application behind it. */
final class TestServer implements AutoCloseable {

  static final Duration LONG = Duration.ofMinutes(1);

  private static final InstantSource NOW =
      InstantSource.fixed(Instant.parse("2026-11-02T06:08:15Z"));

  final FakeApplication application = new FakeApplication();
  final RecordingObserver observer = new RecordingObserver();
  final AtomicBoolean healthy = new AtomicBoolean(true);
  final FakeLoad load = new FakeLoad();
  final FakeEngine engine = new FakeEngine();
  final HttpServer server;

  TestServer() {
    this(UnaryOperator.identity());
  }

  TestServer(UnaryOperator<Limits> change) {
    this(change.apply(Limits.GENEROUS).settings(), null, null);
  }

  /** With TLS. */
  TestServer(Certificates certificates) {
    this(UnaryOperator.identity(), certificates);
  }

  TestServer(UnaryOperator<Limits> change, Certificates certificates) {
    this(change.apply(Limits.GENEROUS).settings(certificates.settings()), certificates, null);
  }

  /** With the playground. */
  static TestServer playground(@Nullable FloodSwitch flood) {
    HttpSettings settings =
        Limits.GENEROUS.settings(TlsSettings.OFF, HttpSettings.Playground.LOOPBACK);
    return new TestServer(settings, null, flood);
  }

  private TestServer(
      HttpSettings settings, @Nullable Certificates certificates, @Nullable FloodSwitch flood) {
    server =
        new HttpServer(
            settings,
            () -> new DeadlineSettings(Duration.ofSeconds(5), Duration.ofSeconds(30)),
            application,
            engine,
            ContractRules.ALL,
            TestQuotes.at(NOW),
            healthy::get,
            load,
            observer,
            System::nanoTime,
            NOW,
            new Traces(new SplittableRandom(1)),
            certificates,
            flood);
    try {
      server.start();
    } catch (BindFailed e) {
      throw new AssertionError(e);
    }
  }

  RawClient client() throws IOException {
    return new RawClient(server.port());
  }

  /**
   * Waits for the end of a connection, and for the event loop to be done with it: there is only one
   * loop, so whatever it still had to do was done before it answered the next caller.
   */
  void awaitEnd() throws IOException, InterruptedException {
    RecordingObserver.next(observer.closings);
    try (RawClient other = client()) {
      other.get("/health").receive();
    }
    RecordingObserver.next(observer.closings);
  }

  @Override
  public void close() {
    server.close();
    application.close();
  }

  /** As the test says. */
  static final class FakeLoad implements LoadReport {
    volatile int percent;
    volatile @Nullable Priority lowest = Priority.BATCH;

    @Override
    public int loadPercent() {
      return percent;
    }

    @Override
    public @Nullable Priority lowestAdmitted() {
      return lowest;
    }
  }

  /** The settings a test may want to change. */
  record Limits(
      int connections,
      int perAddress,
      int requestLineBytes,
      int headerBytes,
      int bodyBytes,
      int inflatedBytes,
      int pipelined,
      int streams,
      long pendingBytes,
      Duration header,
      Duration body,
      Duration read,
      Duration idle) {

    /** Of one HTTP/2 connection at a time. */
    static final int STREAMS = 100;

    static final Limits GENEROUS =
        new Limits(
            1_000, 1_000, 8_192, 8_192, 1 << 20, 4 << 20, 16, STREAMS, 64 << 20, LONG, LONG, LONG,
            LONG);

    Limits withConnections(int all, int address) {
      return new Limits(
          all,
          address,
          requestLineBytes,
          headerBytes,
          bodyBytes,
          inflatedBytes,
          pipelined,
          streams,
          pendingBytes,
          header,
          body,
          read,
          idle);
    }

    Limits withSizes(int line, int headers, int bodies, int inflated) {
      return new Limits(
          connections,
          perAddress,
          line,
          headers,
          bodies,
          inflated,
          pipelined,
          streams,
          pendingBytes,
          header,
          body,
          read,
          idle);
    }

    Limits withPipelined(int requests) {
      return new Limits(
          connections,
          perAddress,
          requestLineBytes,
          headerBytes,
          bodyBytes,
          inflatedBytes,
          requests,
          streams,
          pendingBytes,
          header,
          body,
          read,
          idle);
    }

    Limits withStreams(int atATime) {
      return new Limits(
          connections,
          perAddress,
          requestLineBytes,
          headerBytes,
          bodyBytes,
          inflatedBytes,
          pipelined,
          atATime,
          pendingBytes,
          header,
          body,
          read,
          idle);
    }

    Limits withPendingBytes(long bytes) {
      return new Limits(
          connections,
          perAddress,
          requestLineBytes,
          headerBytes,
          bodyBytes,
          inflatedBytes,
          pipelined,
          streams,
          bytes,
          header,
          body,
          read,
          idle);
    }

    Limits withTimes(Duration forHeader, Duration forBody, Duration forRead, Duration forIdle) {
      return new Limits(
          connections,
          perAddress,
          requestLineBytes,
          headerBytes,
          bodyBytes,
          inflatedBytes,
          pipelined,
          streams,
          pendingBytes,
          forHeader,
          forBody,
          forRead,
          forIdle);
    }

    HttpSettings settings() {
      return settings(TlsSettings.OFF);
    }

    HttpSettings settings(TlsSettings tls) {
      return settings(tls, HttpSettings.Playground.NEVER);
    }

    private HttpSettings settings(TlsSettings tls, HttpSettings.Playground playground) {
      return new HttpSettings(
          "127.0.0.1",
          0,
          1,
          connections,
          perAddress,
          requestLineBytes,
          headerBytes,
          bodyBytes,
          inflatedBytes,
          pipelined,
          streams,
          pendingBytes,
          header,
          body,
          read,
          idle,
          playground,
          tls);
    }
  }
}
