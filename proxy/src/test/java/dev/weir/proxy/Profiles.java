package dev.weir.proxy;

import dev.weir.proxy.path.Deadline;
import dev.weir.proxy.path.Estimate;
import dev.weir.proxy.path.Identity;
import dev.weir.proxy.path.Priority;
import dev.weir.proxy.path.Profile;
import dev.weir.routing.RequestKind;
import java.time.Duration;

/** Profiles of calls that tests admit and queue. Immutable; each method changes one thing. */
public record Profiles(
    Priority priority, String tenant, double weight, int cohort, Duration timeout, Duration cost) {

  /** A route of a millisecond that is wanted within five seconds. */
  public static final Profiles ROUTE =
      new Profiles(Priority.DEFAULT, "a", 1, 0, Duration.ofSeconds(5), Duration.ofMillis(1));

  public Profiles of(Priority other) {
    return new Profiles(other, tenant, weight, cohort, timeout, cost);
  }

  public Profiles of(String other) {
    return new Profiles(priority, other, weight, cohort, timeout, cost);
  }

  public Profiles weighing(double other) {
    return new Profiles(priority, tenant, other, cohort, timeout, cost);
  }

  public Profiles inCohort(int other) {
    return new Profiles(priority, tenant, weight, other, timeout, cost);
  }

  public Profiles within(Duration other) {
    return new Profiles(priority, tenant, weight, cohort, other, cost);
  }

  public Profiles costing(Duration other) {
    return new Profiles(priority, tenant, weight, cohort, timeout, other);
  }

  public Profile at(long nowNanos) {
    return new Profile(
        RequestKind.ROUTE,
        new Identity(tenant, weight, priority),
        cohort,
        Deadline.after(nowNanos, timeout.toNanos()),
        Estimate.of(cost.toNanos()));
  }
}
