package dev.weir.routing;

/** A query that could not be read; its sender is told the {@link #problem}. */
public final class MalformedQuery extends Exception {

  private static final long serialVersionUID = 1;

  private final transient Problem problem;

  public MalformedQuery(Problem problem) {
    // Expected and frequent under abuse: no stack trace is filled in, nobody reads it.
    super(problem.message(), null, false, false);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
