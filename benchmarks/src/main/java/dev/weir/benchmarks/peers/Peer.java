package dev.weir.benchmarks.peers;

import dev.weir.routing.RoutingEngine;
import java.time.Duration;
import java.util.function.Function;

/**
 * A policy under test on the real engine. {@link #offer} is called by one thread, the generator,
 * and must not block: it stands for an event loop.
 */
public interface Peer extends AutoCloseable {

  /** A call arrives: computes or refuses it, now or later, on any thread but the caller's. */
  void offer(Ask ask);

  /** Ends its threads; nothing is offered any more, and all calls are over. */
  @Override
  void close();

  /**
   * What a peer has to work with.
   *
   * @param processors that there are
   * @param deadline of all calls, after they are due
   * @param stopsLate whether a search is stopped at the deadline even if the policy does not see to
   *     it; the stock server does not
   */
  record Ground(RoutingEngine engine, int processors, Duration deadline, boolean stopsLate) {}

  /**
   * A kind of peer.
   *
   * @param name unique among those it is compared with
   */
  record Candidate(String name, Function<Ground, Peer> open) {}
}
