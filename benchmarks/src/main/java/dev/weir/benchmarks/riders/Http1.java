package dev.weir.benchmarks.riders;

import dev.weir.benchmarks.load.ClosedLoop;
import dev.weir.benchmarks.load.Connection;
import dev.weir.benchmarks.load.ConnectionPool;
import dev.weir.benchmarks.load.Requests;
import dev.weir.benchmarks.load.Rig;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** HTTP/1.1: each rider has a keep-alive connection. Whoever was idle for longest asks next. */
final class Http1 implements Wire {
  private final Rig rig;
  private final Requests requests;
  private final ConnectionPool pool;

  /**
   * Connects all riders; blocks until they are.
   *
   * @throws dev.weir.benchmarks.load.LoadException if the server does not take all of them
   */
  Http1(Rig rig, InetSocketAddress server, int riders, List<Question> questions, Duration deadline)
      throws InterruptedException {
    this.rig = rig;
    this.requests = Requests.ofPlain(questions.stream().map(q -> q.plain(deadline)).toList());
    this.pool = rig.open(server, riders);
  }

  @Override
  public @Nullable Line ask(int question, Answered to) {
    Connection connection = pool.take();
    if (connection == null) {
      return null;
    }
    connection.send(
        requests, question, 0, (from, status, right) -> to.answered(status, right, from.remarks()));
    return connection::abandon;
  }

  @Override
  public int connected() throws InterruptedException {
    return rig.openNow(pool);
  }

  @Override
  public ClosedLoop.Outcome calm(long atMost, Duration time) throws InterruptedException {
    return rig.calm(pool, requests, atMost, time);
  }

  @Override
  public void close() throws InterruptedException {
    rig.close(pool);
  }
}
