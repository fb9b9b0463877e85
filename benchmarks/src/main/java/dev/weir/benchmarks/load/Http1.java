package dev.weir.benchmarks.load;

import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** HTTP/1.1: each rider has a keep-alive connection. Whoever was idle for longest asks next. */
public final class Http1 implements Wire {
  private final Rig rig;
  private final Requests requests;
  private final ConnectionPool<Connection> pool;

  /** Over connections that there are. */
  Http1(Rig rig, ConnectionPool<Connection> pool, Requests requests) {
    this.rig = rig;
    this.pool = pool;
    this.requests = requests;
  }

  /** The same, with connections of its own. */
  Http1(Rig rig, InetSocketAddress server, int riders, Requests requests)
      throws InterruptedException {
    this(rig, rig.open(server, riders), requests);
  }

  /**
   * Connects all riders; blocks until they are.
   *
   * @throws LoadException if the server does not take all of them
   */
  public Http1(Rig rig, InetSocketAddress server, int riders, List<Requests.Plain> questions)
      throws InterruptedException {
    this(rig, server, riders, Requests.ofPlain(questions));
  }

  @Override
  public @Nullable Line ask(int question, Answered to) {
    Connection connection = pool.take();
    if (connection == null) {
      return null;
    }
    connection.send(
        requests,
        question,
        0,
        (from, status, right) -> to.answered(status, right, from.bodyBytes(), from.remarks()));
    return connection::abandon;
  }

  @Override
  public int questions() {
    return requests.size();
  }

  @Override
  public int connected() throws InterruptedException {
    return rig.openNow(pool);
  }

  @Override
  public void close() throws InterruptedException {
    rig.close(pool);
  }
}
