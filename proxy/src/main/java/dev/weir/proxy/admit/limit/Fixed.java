package dev.weir.proxy.admit.limit;

/**
 * Always the same limit. Not the default because an engine that waits (for a page of a mapped file,
 * say) has use for more than one call per processor, and a fixed number cannot find that out; on
 * work that is all computing, {@code new Fixed(processors)} is the optimum and what the default
 * comes back to.
 */
public record Fixed(double initial) implements LimitPolicy {

  public Fixed {
    if (!(initial >= 1)) {
      throw new IllegalArgumentException("a limit is at least 1, not " + initial);
    }
  }

  @Override
  public double next(double limit, Window window) {
    return initial;
  }
}
