package dev.weir.benchmarks.load;

import java.util.concurrent.CompletableFuture;

/**
 * Runs one {@link Stage}: sends each request when it is due, over a connection that is free, and
 * never waits for an answer before sending the next. If no connection is free the request is
 * counted and dropped. On the event loop, but for {@link #run}.
 *
 * <p>When the loop was held up, everything that came due meanwhile is sent at once and its latency
 * still counts from when it was due: no coordinated omission.
 */
final class OpenLoop implements Load, Pump.Schedule {
  private final Generator generator;
  private final Pump pump;
  private final ConnectionPool<Connection> pool;
  private final Requests requests;
  private final Stage stage;
  private final Arrivals arrivals;
  private final Tally tally = new Tally();
  private final CompletableFuture<Tally> result = new CompletableFuture<>();
  private long nextNanos;
  private int nextRequest;
  private int underWay;
  private boolean sending = true;

  OpenLoop(Generator generator, ConnectionPool<Connection> pool, Requests requests, Stage stage) {
    this.generator = generator;
    this.pump = new Pump(generator, this);
    this.pool = pool;
    this.requests = requests;
    this.stage = stage;
    this.arrivals = new Arrivals(stage.perSecond(), stage.seed());
    this.nextNanos = arrivals.nextNanos();
  }

  /** Starts; done when every counted request has its verdict. */
  CompletableFuture<Tally> run() {
    pump.start();
    return result;
  }

  @Override
  public long dueNanos() {
    return nextNanos < stage.length().toNanos() ? nextNanos : Long.MAX_VALUE;
  }

  @Override
  public void next(long nowNanos) {
    send(nextNanos, nowNanos);
    nextNanos = arrivals.nextNanos();
  }

  @Override
  public boolean looked(long nowNanos) {
    if (dueNanos() == Long.MAX_VALUE) {
      sending = false;
      generator.after(stage.grace().toNanos(), this::giveUp);
      finishIfDone();
    }
    return sending;
  }

  private void send(long dueNanos, long nowNanos) {
    Connection connection = pool.take();
    if (connection == null) {
      record(Verdict.NO_CONNECTION, dueNanos, 0);
      return;
    }
    if (counted(dueNanos)) {
      tally.sent(nowNanos - dueNanos);
    }
    underWay++;
    int index = nextRequest;
    nextRequest = (nextRequest + 1) % requests.size();
    connection.send(requests, index, dueNanos, this);
  }

  @Override
  public void answered(Connection connection, int status, boolean routed) {
    underWay--;
    long latency = pump.nowNanos() - connection.dueNanos();
    Verdict verdict = Verdict.of(status, routed, latency, stage.objective().toNanos());
    record(verdict, connection.dueNanos(), latency);
    if (verdict == Verdict.GOOD && counted(connection.dueNanos())) {
      tally.goodBody(connection.bodyBytes());
    }
    finishIfDone();
  }

  private void giveUp() {
    if (!result.isDone()) {
      for (ConnectionPool.Link link : pool.links()) {
        if (link instanceof Connection connection && connection.waitsFor(this)) {
          connection.abandon();
          underWay--;
          record(Verdict.UNANSWERED, connection.dueNanos(), 0);
        }
      }
      finishIfDone();
    }
  }

  private void record(Verdict verdict, long dueNanos, long latencyNanos) {
    if (counted(dueNanos)) {
      tally.record(verdict, latencyNanos);
    }
  }

  private boolean counted(long dueNanos) {
    return dueNanos >= stage.leadIn().toNanos();
  }

  private void finishIfDone() {
    if (!sending && underWay == 0) {
      result.complete(tally);
    }
  }
}
