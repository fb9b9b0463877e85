package dev.weir.proxy.transport.grpc;

import dev.weir.proxy.config.DeadlineSettings;
import dev.weir.proxy.config.GrpcSettings;
import dev.weir.proxy.path.Application;
import dev.weir.proxy.path.LoadReport;
import dev.weir.proxy.path.Priority;
import dev.weir.proxy.path.Ticker;
import dev.weir.proxy.path.TransportObserver;
import dev.weir.proxy.transport.ContractRules;
import dev.weir.proxy.transport.TestQuotes;
import dev.weir.proxy.transport.Traces;
import java.time.Duration;
import java.time.InstantSource;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Servers for the tests of this port, in clear text, not started. */
final class TestGrpc {

  private TestGrpc() {}

  /** Without load. */
  static GrpcServer server(
      GrpcSettings settings,
      Application application,
      TransportObserver observer,
      Ticker ticker,
      InstantSource clock) {
    return server(settings, application, observer, ticker, clock, 0, Priority.BATCH);
  }

  static GrpcServer server(
      GrpcSettings settings,
      Application application,
      TransportObserver observer,
      Ticker ticker,
      InstantSource clock,
      int loadPercent,
      Priority lowestAdmitted) {
    return server(
        settings,
        application,
        observer,
        ticker,
        clock,
        new LoadReport() {
          @Override
          public int loadPercent() {
            return loadPercent;
          }

          @Override
          public @Nullable Priority lowestAdmitted() {
            return lowestAdmitted;
          }
        });
  }

  static GrpcServer server(
      GrpcSettings settings,
      Application application,
      TransportObserver observer,
      Ticker ticker,
      InstantSource clock,
      LoadReport load) {
    return new GrpcServer(
        settings,
        () -> new DeadlineSettings(Duration.ofSeconds(5), Duration.ofSeconds(30)),
        application,
        ContractRules.ALL,
        TestQuotes.at(clock),
        load,
        observer,
        ticker,
        clock,
        new Traces(new SplittableRandom(1)),
        null);
  }
}
