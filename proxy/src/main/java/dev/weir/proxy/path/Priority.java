package dev.weir.proxy.path;

/** How much it matters that a call is answered, highest first. */
public enum Priority {
  /** Somebody waits at a kerb: an active ride, an emergency. Served before everything else. */
  CRITICAL,
  /** A person waits for the answer. What a call has that claims nothing. */
  DEFAULT,
  /** Nice to have: previews, prefetches. Refused before anybody notices. */
  SHEDDABLE,
  /** Nobody waits: reports, recomputations. Takes what is left over. */
  BATCH;

  /** The lower of the two: nobody gets more than allowed. */
  public Priority atMost(Priority highest) {
    return compareTo(highest) < 0 ? highest : this;
  }
}
