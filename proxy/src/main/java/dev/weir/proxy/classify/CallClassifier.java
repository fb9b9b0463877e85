package dev.weir.proxy.classify;

import dev.weir.proxy.path.Call;
import dev.weir.proxy.path.Classifier;
import dev.weir.proxy.path.CostModel;
import dev.weir.proxy.path.Profile;

/** Takes the caller's address for the tenant and the kind's average for the cost. */
public final class CallClassifier implements Classifier {

  private final CostModel costs;

  public CallClassifier(CostModel costs) {
    this.costs = costs;
  }

  @Override
  public Profile classify(Call call) {
    return new Profile(
        call.kind(), call.caller(), call.deadline(), costs.estimateNanos(call.kind()));
  }
}
