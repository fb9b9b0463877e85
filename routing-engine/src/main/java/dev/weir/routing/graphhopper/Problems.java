package dev.weir.routing.graphhopper;

import com.graphhopper.util.exceptions.ConnectionNotFoundException;
import com.graphhopper.util.exceptions.GHException;
import com.graphhopper.util.exceptions.PointNotFoundException;
import com.graphhopper.util.exceptions.PointOutOfBoundsException;
import dev.weir.routing.Problem;
import dev.weir.routing.RouteOutcome;
import java.util.List;
import java.util.Map;

/** Says what GraphHopper's exceptions mean for the sender of a query. */
final class Problems {

  private Problems() {}

  /** The outcome of a query that GraphHopper answered with these errors, at least one. */
  static RouteOutcome outcome(List<? extends Throwable> errors, long visitedNodes) {
    Problem problem = problem(errors);
    if (errors.stream().anyMatch(PointOutOfBoundsException.class::isInstance)) {
      return new RouteOutcome.OutOfBounds(problem);
    }
    if (errors.stream().allMatch(Problems::meansNotFound)) {
      return new RouteOutcome.NotFound(problem, visitedNodes);
    }
    return new RouteOutcome.BadRequest(problem, visitedNodes);
  }

  private static boolean meansNotFound(Throwable error) {
    return error instanceof ConnectionNotFoundException || error instanceof PointNotFoundException;
  }

  /** A query that breaks one of this server's own rules. */
  static Problem refused(String message) {
    return Problem.of(Problem.Kind.ENGINE, message, IllegalArgumentException.class.getName());
  }

  private static Problem problem(List<? extends Throwable> errors) {
    return new Problem(
        Problem.Kind.ENGINE,
        message(errors.getFirst()),
        errors.stream().map(Problems::hint).toList());
  }

  private static Problem.Hint hint(Throwable error) {
    Map<String, Object> extras =
        error instanceof GHException detailed ? Map.copyOf(detailed.getDetails()) : Map.of();
    return new Problem.Hint(message(error), error.getClass().getName(), extras);
  }

  private static String message(Throwable error) {
    String message = error.getMessage();
    return message == null ? error.getClass().getSimpleName() : message;
  }
}
