package dev.weir.proxy.path;

/** How much it matters that a call is answered, highest first. */
public enum Priority {
  /** Somebody waits at a kerb: an active ride, an emergency. Served before everything else. */
  CRITICAL(0),
  /** A person waits for the answer. What a call has that claims nothing. */
  DEFAULT(1),
  /** Nice to have: previews, prefetches. Refused before anybody notices. */
  SHEDDABLE(2),
  /** Nobody waits: reports, recomputations. Takes what is left over. */
  BATCH(3);

  private final int rank;

  Priority(int rank) {
    this.rank = rank;
  }

  /** Its place among all, 0 for the highest; for tables. */
  public int rank() {
    return rank;
  }

  /** The lower of the two: nobody gets more than allowed. */
  public Priority atMost(Priority highest) {
    return compareTo(highest) < 0 ? highest : this;
  }
}
