package dev.weir.benchmarks.load.http2;

import dev.weir.benchmarks.load.ConnectionPool;
import dev.weir.benchmarks.load.Rig;
import dev.weir.benchmarks.load.Wire;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/2: each rider has a stream at a time, on a connection of its own or on one that it shares.
 * Whoever was idle for longest asks next.
 */
public final class Http2 implements Wire {
  private final Rig rig;
  private final Dialect dialect;
  private final int perConnection;
  private final ConnectionPool<Seat> pool;

  /**
   * Connects all riders; blocks until they are.
   *
   * @param riders at least so many; all connections are full
   * @param perConnection riders who share one
   * @throws dev.weir.benchmarks.load.LoadException if the server does not take all of them
   */
  public Http2(Rig rig, InetSocketAddress server, int riders, int perConnection, Dialect dialect)
      throws InterruptedException {
    this.rig = rig;
    this.dialect = dialect;
    this.perConnection = perConnection;
    this.pool =
        rig.open(
            server,
            Math.ceilDiv(riders, perConnection),
            Links.of(perConnection, (of, link) -> new Seat(of, link, dialect.reading())));
  }

  @Override
  public @Nullable Line ask(int question, Answered to) {
    Seat seat = pool.take();
    if (seat != null) {
      seat.ask(dialect, question, to);
    }
    return seat;
  }

  @Override
  public int questions() {
    return dialect.questions();
  }

  @Override
  public int connected() throws InterruptedException {
    return rig.openNow(pool) * perConnection;
  }

  @Override
  public void close() throws InterruptedException {
    rig.close(pool);
  }
}
