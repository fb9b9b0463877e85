package dev.weir.routing;

/**
 * How a computation ended. Each end has its own case, because callers act differently on them: a
 * search that ran out of time says nothing about whether the places are connected.
 */
public sealed interface RouteOutcome {

  /** Nodes the engine visited, 0 where it does not count; the measure of the work done. */
  long visitedNodes();

  /** The answer, ready to be sent. */
  record Found(Answer answer, long visitedNodes) implements RouteOutcome {}

  /** The map was searched and there is no such route, or no road near a point. */
  record NotFound(Problem problem, long visitedNodes) implements RouteOutcome {}

  /** A point lies outside the loaded map. */
  record OutOfBounds(Problem problem) implements RouteOutcome {
    @Override
    public long visitedNodes() {
      return 0;
    }
  }

  /** The query cannot be answered as it was put, or it exceeds a cap. */
  record BadRequest(Problem problem, long visitedNodes) implements RouteOutcome {}

  /** The deadline passed first. */
  record TooLate(long visitedNodes) implements RouteOutcome {}

  /** Given up because it cost far more than expected while others waited. */
  record OverBudget(long visitedNodes) implements RouteOutcome {}

  /** The caller went away or the server is closing; nobody waits for an answer. */
  record Cancelled(long visitedNodes) implements RouteOutcome {}
}
