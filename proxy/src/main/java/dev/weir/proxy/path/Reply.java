package dev.weir.proxy.path;

import dev.weir.routing.Answer;
import dev.weir.routing.Problem;
import java.util.Set;

/** What a caller hears. Each transport maps every case. */
public sealed interface Reply {

  /**
   * The answer.
   *
   * @param left what it does without, for want of room; empty if it is what was asked for
   */
  record Routed(Answer answer, Set<Step> left) implements Reply {

    /** What was asked for. */
    public Routed(Answer answer) {
      this(answer, Set.of());
    }
  }

  /** Length and duration of a route from straight lines, for want of room for more. */
  record Estimated(double distanceMeters, long millis) implements Reply {}

  /** The map was searched, and there is no answer on it. */
  record Unreachable(Problem problem) implements Reply {}

  /** The query is at fault: it cannot be read, breaks a rule or a cap, or lies off the map. */
  record Invalid(Problem problem) implements Reply {}

  /** Not answered, for want of time or room. */
  record Refused(Refusal refusal) implements Reply {}

  /**
   * A fault of ours.
   *
   * @param incident id of the request, under which the log tells more
   */
  record Failed(String incident) implements Reply {}
}
