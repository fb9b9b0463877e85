package dev.weir.benchmarks.overhead;

import dev.weir.benchmarks.load.ClosedLoop;
import dev.weir.benchmarks.load.Contender;
import dev.weir.benchmarks.load.Http1;
import dev.weir.benchmarks.load.Requests;
import dev.weir.benchmarks.load.Rig;
import dev.weir.benchmarks.load.ServerProcess;
import dev.weir.benchmarks.load.Usage;
import dev.weir.benchmarks.load.Wire;
import dev.weir.benchmarks.load.http2.Grpc;
import dev.weir.benchmarks.load.http2.Http2;
import dev.weir.benchmarks.load.http2.Plain;
import dev.weir.v1.GetRouteRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** Where all ways have their turns, one at a time. Used by one thread, which waits. */
final class Track {
  private static final int RIDERS = 8;
  private static final double MICROS_PER_SECOND = 1e6;

  private final Rig rig;
  private final EngineProcess engine;
  private final ServerProcess server;
  private final InetSocketAddress grpc;
  private final List<GetRouteRequest> questions;

  Track(Rig rig, EngineProcess engine, ServerProcess server, Contender weir) {
    this.rig = rig;
    this.engine = engine;
    this.server = server;
    this.grpc = new InetSocketAddress(InetAddress.getLoopbackAddress(), weir.grpcPort());
    this.questions = engine.questions().stream().map(Way::request).toList();
  }

  /** What came back. */
  private record Answers(long right, long all) {}

  /** What a way does in its turn. */
  @FunctionalInterface
  private interface Turn {
    Answers run() throws IOException, InterruptedException;
  }

  /** One turn, for that time. */
  Lap lap(Way way, int round, Duration time) throws IOException, InterruptedException {
    if (way == Way.ENGINE) {
      return measured(way, round, () -> alone(time));
    }
    try (Wire wire = open(way)) {
      return measured(way, round, () -> asked(wire, time));
    }
  }

  private Lap measured(Way way, int round, Turn turn) throws IOException, InterruptedException {
    Usage before = usage(way);
    Answers answers = turn.run();
    Usage after = usage(way);
    Usage.Share share = after.since(before);
    double seconds = (after.atNanos() - before.atNanos()) / 1e9;
    return new Lap(
        way,
        round,
        answers.right(),
        answers.all() - answers.right(),
        answers.right() / seconds,
        share.serverPercent() / 100 * seconds * MICROS_PER_SECOND / answers.right(),
        share.serverPercent(),
        share.rivalsPercent(),
        share.stealPercent());
  }

  private Usage usage(Way way) {
    Duration alone =
        ProcessHandle.of(engine.pid())
            .flatMap(process -> process.info().totalCpuDuration())
            .orElse(Duration.ZERO);
    return way.isAlone() ? Usage.now(alone, server.cpu()) : Usage.now(server.cpu(), alone);
  }

  private Answers alone(Duration time) throws IOException {
    long answers = engine.run(time);
    return new Answers(answers, answers);
  }

  private Answers asked(Wire wire, Duration time) throws InterruptedException {
    ClosedLoop.Outcome outcome = rig.calm(wire, Long.MAX_VALUE, time);
    return new Answers(outcome.good(), outcome.answered());
  }

  private Wire open(Way way) throws InterruptedException {
    return switch (way) {
      case GRAPHHOPPER ->
          new Http1(
              rig, server.address(), RIDERS, questions.stream().map(Way::graphHopper).toList());
      case HTTP2 ->
          new Http2(
              rig,
              server.address(),
              RIDERS,
              1,
              new Plain(questions.stream().map(Way::graphHopper).toList()));
      case BARE -> rest(engine.address(), Way::rest);
      case REST -> rest(server.address(), Way::rest);
      case TRACED -> rest(server.address(), Way::traced);
      case GRPC ->
          new Http2(rig, grpc, RIDERS, 1, new Grpc(questions.stream().map(Way::grpc).toList()));
      case ENGINE -> throw new IllegalArgumentException("no protocol");
    };
  }

  private Wire rest(InetSocketAddress address, Function<GetRouteRequest, Requests.Plain> inWords)
      throws InterruptedException {
    return new Http1(rig, address, RIDERS, questions.stream().map(inWords).toList());
  }
}
