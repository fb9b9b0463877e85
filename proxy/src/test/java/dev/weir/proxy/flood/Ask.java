package dev.weir.proxy.flood;

/**
 * One well-formed request, ready to be sent, and what is asked with it.
 *
 * @param latin1 its bytes, one per character
 * @param points places of a route
 */
record Ask(String latin1, Sort sort, int points) {

  /** What may be asked. */
  enum Sort {
    ROUTE(true),
    ISOCHRONE(true),
    TREE(true),
    NEAREST(true),
    /** A body that is no JSON. */
    WRONG_BODY(true),
    /** A route that cannot be, for a point is off the map. */
    OFF_THE_MAP(true),
    INFO(false),
    WORDS(false),
    /** A path that does not exist. */
    NOWHERE(false);

    private final boolean forWorkers;

    Sort(boolean forWorkers) {
      this.forWorkers = forWorkers;
    }

    /** Whether it goes through the gate. */
    boolean forWorkers() {
      return forWorkers;
    }
  }
}
