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
   * @param stopsLate whether it stops jobs at their deadlines, as it does where it serves
   */
  record Entrant(String name, Function<House, Contestant> enter, boolean stopsLate) {

    /** One whose jobs run to their end, as those of all do that cannot reach into a search. */
    public Entrant(String name, Function<House, Contestant> enter) {
      this(name, enter, false);
    }
  }
}
