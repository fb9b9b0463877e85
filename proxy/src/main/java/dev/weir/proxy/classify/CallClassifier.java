package dev.weir.proxy.classify;

import dev.weir.proxy.path.Call;
import dev.weir.proxy.path.Classifier;
import dev.weir.proxy.path.CostModel;
import dev.weir.proxy.path.Identity;
import dev.weir.proxy.path.Profile;
import dev.weir.proxy.path.Traits;
import java.time.InstantSource;

/** Tells cohort and cost of calls. Thread-safe. */
public final class CallClassifier implements Classifier {

  private final CostModel costs;
  private final Cohorts cohorts;

  /**
   * @param clock tells which hour it is
   */
  public CallClassifier(CostModel costs, InstantSource clock) {
    this.costs = costs;
    this.cohorts = new Cohorts(clock);
  }

  @Override
  public Profile classify(Call call, Identity identity, Traits traits) {
    return new Profile(
        call.kind(),
        identity,
        cohorts.of(call.caller(), call.traits()),
        call.deadline(),
        costs.estimate(traits));
  }
}
