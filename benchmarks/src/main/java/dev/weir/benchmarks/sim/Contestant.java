package dev.weir.benchmarks.sim;

import java.util.function.Function;

/**
 * A policy under test: decides which jobs the {@link House} computes, and when. Called by one
 * thread, never from within a call of its own to the house.
 */
public interface Contestant {

  /**
   * A job has arrived. Start it, refuse it, or do neither and keep it: then start or refuse it
   * later.
   */
  void offered(Job job);

  /**
   * A job has left the machine: {@link Job#state} says whether it is GOOD or LATE, or STOPPED at
   * its deadline by the machine.
   */
  void ended(Job job);

  /** Ten milliseconds have passed. */
  default void tick() {}

  /**
   * A kind of contestant.
   *
   * @param name unique among those it is compared with
   * @param enter makes one for a run
   */
  record Entrant(String name, Function<House, Contestant> enter) {}
}
