package dev.weir.proxy.classify;

import dev.weir.proxy.path.Call;
import dev.weir.proxy.path.Classifier;
import dev.weir.proxy.path.CostModel;
import dev.weir.proxy.path.Identity;
import dev.weir.proxy.path.Profile;
import dev.weir.proxy.path.Traits;

/** Takes the kind's average for the cost. */
public final class CallClassifier implements Classifier {

  private final CostModel costs;

  public CallClassifier(CostModel costs) {
    this.costs = costs;
  }

  @Override
  public Profile classify(Call call, Identity identity, Traits traits) {
    return new Profile(call.kind(), identity, 0, call.deadline(), costs.estimate(traits));
  }
}
