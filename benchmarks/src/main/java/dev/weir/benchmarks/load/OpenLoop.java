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
final class OpenLoop implements Load {
  /**
   * Sends between two looks at the sockets, so that a backlog of sends does not age the answers.
   */
  private static final int SENDS_AT_ONCE = 32;

  private final Generator generator;
  private final ConnectionPool pool;
  private final Requests requests;
  private final Stage stage;
  private final Arrivals arrivals;
  private final Tally tally = new Tally();
  private final CompletableFuture<Tally> result = new CompletableFuture<>();
  private long startNanos;
  private long nextNanos;
  private int nextRequest;
  private int underWay;
  private boolean sending = true;

  OpenLoop(Generator generator, ConnectionPool pool, Requests requests, Stage stage) {
    this.generator = generator;
    this.pool = pool;
    this.requests = requests;
    this.stage = stage;
    this.arrivals = new Arrivals(stage.perSecond(), stage.seed());
  }

  /** Starts; done when every counted request has its verdict. */
  CompletableFuture<Tally> run() {
    generator.execute(
        () -> {
          startNanos = System.nanoTime();
          nextNanos = arrivals.nextNanos();
          pump();
        });
    return result;
  }

  private void pump() {
    long end = stage.length().toNanos();
    long now = System.nanoTime() - startNanos;
    for (int i = 0; i < SENDS_AT_ONCE && nextNanos < end && nextNanos <= now; i++) {
      send(nextNanos, now);
      nextNanos = arrivals.nextNanos();
      now = System.nanoTime() - startNanos;
    }
    if (nextNanos >= end) {
      sending = false;
      generator.after(stage.grace().toNanos(), this::giveUp);
      finishIfDone();
    } else {
      generator.after(Math.max(0, nextNanos - now), this::pump);
    }
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
    long latency = System.nanoTime() - startNanos - connection.dueNanos();
    Verdict verdict = Verdict.of(status, routed, latency, stage.objective().toNanos());
    record(verdict, connection.dueNanos(), latency);
    if (verdict == Verdict.GOOD && counted(connection.dueNanos())) {
      tally.goodBody(connection.bodyBytes());
    }
    finishIfDone();
  }

  private void giveUp() {
    if (!result.isDone()) {
      for (Connection connection : pool.abandon(this)) {
        underWay--;
        record(Verdict.UNANSWERED, connection.dueNanos(), 0);
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
