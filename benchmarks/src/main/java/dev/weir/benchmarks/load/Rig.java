package dev.weir.benchmarks.load;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The generator as seen from a thread that waits for it: everything here blocks the caller, for a
 * bounded time, while the work is done on the event loop.
 */
public final class Rig implements AutoCloseable {
  /** Enough to keep one core busy over the round trip, too few to overload anything. */
  private static final int CALM_RIDERS = 4;

  private static final Duration OPEN_PATIENCE = Duration.ofSeconds(60);
  private static final Duration QUICK = Duration.ofSeconds(10);
  private static final Duration MARGIN = Duration.ofSeconds(10);

  private final Generator generator = new Generator();
  private final int sources;

  /**
   * @param sources loopback addresses that connections come from
   */
  public Rig(int sources) {
    this.sources = sources;
  }

  /**
   * Opens connections to a server.
   *
   * @throws LoadException if it does not take all of them
   */
  public <R extends ConnectionPool.Rider> ConnectionPool<R> open(
      InetSocketAddress server, int connections, ConnectionPool.Protocol<R> protocol)
      throws InterruptedException {
    ConnectionPool<R> pool =
        new ConnectionPool<>(generator, server, connections, sources, protocol);
    try {
      await(pool.open(), OPEN_PATIENCE, "the server does not take " + connections + " connections");
    } catch (LoadException e) {
      close(pool);
      throw e;
    }
    return pool;
  }

  /** The same, of HTTP/1.1. */
  ConnectionPool<Connection> open(InetSocketAddress server, int connections)
      throws InterruptedException {
    return open(
        server,
        connections,
        (pool, channel) -> channel.pipeline().addLast(new Connection(pool, channel)));
  }

  /** Closes what {@link #open} opened. */
  public void close(ConnectionPool<?> pool) throws InterruptedException {
    await(pool.close(), QUICK, "the generator hangs");
  }

  /** How many connections are open at this moment. */
  public int openNow(ConnectionPool<?> pool) throws InterruptedException {
    return await(pool.openNow(), QUICK, "the generator hangs");
  }

  /**
   * A few riders who wait for their answers, for a time or until {@code atMost} have been sent;
   * they go through the questions in their order.
   */
  public ClosedLoop.Outcome calm(Wire wire, long atMost, Duration time)
      throws InterruptedException {
    ClosedLoop calm = new ClosedLoop(generator, wire, CALM_RIDERS, atMost, time);
    return await(calm.run(), time.multipliedBy(2).plus(MARGIN), "the calm load does not end");
  }

  /** Starts a stage; {@link #result} waits for its end. */
  CompletableFuture<Tally> start(ConnectionPool<Connection> pool, Requests requests, Stage stage) {
    return new OpenLoop(generator, pool, requests, stage).run();
  }

  Tally result(CompletableFuture<Tally> running, Stage stage) throws InterruptedException {
    Duration patience = stage.length().plus(stage.grace()).plus(MARGIN);
    return await(running, patience, "the stage does not end");
  }

  /** The loop that everything runs on. */
  public Generator generator() {
    return generator;
  }

  /**
   * What comes of it.
   *
   * @throws LoadException that it fails with, or one with the words {@code otherwise} if it fails
   *     with anything else or takes longer
   */
  public static <T> T await(CompletableFuture<T> future, Duration patience, String otherwise)
      throws InterruptedException {
    try {
      return future.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof LoadException said ? said : new LoadException(otherwise);
    } catch (TimeoutException e) {
      throw new LoadException(otherwise);
    }
  }

  @Override
  public void close() {
    generator.close();
  }
}
