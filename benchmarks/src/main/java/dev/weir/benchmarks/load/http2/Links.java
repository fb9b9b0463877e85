package dev.weir.benchmarks.load.http2;

import dev.weir.benchmarks.load.ConnectionPool;
import dev.weir.benchmarks.load.LoadException;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** What makes pools of connections. */
public final class Links {

  private Links() {}

  /**
   * Connections with riders on them.
   *
   * @param riders on each, with a stream at a time
   * @param rider makes one of them
   */
  public static <R extends ConnectionPool.Rider> ConnectionPool.Protocol<R> of(
      int riders, BiFunction<ConnectionPool<R>, Link, R> rider) {
    return (pool, channel) ->
        Link.begin(
            channel,
            new Link.Events() {
              @Override
              public void ready(Link link, long streams) {
                if (streams < riders) {
                  pool.refuse(tooFew(streams, riders));
                }
                pool.opened(
                    link, Stream.generate(() -> rider.apply(pool, link)).limit(riders).toList());
              }

              @Override
              public void lost(Link link) {
                pool.lost(link);
              }
            });
  }

  private static LoadException tooFew(long streams, int riders) {
    return new LoadException(
        "the server takes " + streams + " calls at a time on a connection, not " + riders);
  }
}
