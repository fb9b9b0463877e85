package dev.weir.proxy.flood;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the callers of a flood saw. Confined to one thread until it is {@link #add}ed up. */
final class Tally {

  private static final int COMPLAINTS = 20;

  private final Map<String, Long> counts = new TreeMap<>();
  private final List<String> complaints = new ArrayList<>();

  /** What is counted; refusals are counted by reason, answers by status besides. */
  enum What {
    OPENED,
    /** Whole requests that go through the gate. */
    SENT_TO_WORKERS,
    /** The heads of requests that go through the gate, of which the rest was not sent. */
    HALF_SENT,
    ANSWERED_FOR_WORKERS,
    REFUSED,
    /** Requests whose connection was closed before they were answered. */
    CLOSED_UNANSWERED
  }

  void count(What what) {
    count(what.name());
  }

  void count(String what) {
    counts.merge(what, 1L, Long::sum);
  }

  long of(What what) {
    return counts.getOrDefault(what.name(), 0L);
  }

  long of(String what) {
    return counts.getOrDefault(what, 0L);
  }

  void complain(String complaint) {
    if (complaints.size() < COMPLAINTS) {
      complaints.add(complaint);
    }
  }

  List<String> complaints() {
    return complaints;
  }

  void add(Tally other) {
    other.counts.forEach((what, count) -> counts.merge(what, count, Long::sum));
    other.complaints.forEach(this::complain);
  }

  @Override
  public String toString() {
    return counts.toString();
  }
}
