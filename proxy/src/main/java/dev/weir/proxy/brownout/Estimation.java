package dev.weir.proxy.brownout;

import dev.weir.proxy.config.BrownoutSettings;
import dev.weir.proxy.path.Reply;
import dev.weir.proxy.path.Traits;
import dev.weir.proxy.path.Traits.Search;
import dev.weir.routing.RequestKind;
import dev.weir.routing.RouteQuery;
import org.jspecify.annotations.Nullable;

/**
 * Distance and duration of a route from the straight lines between its points: so much longer, at
 * the mean speed of the profile. Says nothing of whether there is a way at all.
 */
final class Estimation implements Rung {

  private static final double METERS_PER_MILLI_AND_KMH = 1 / 3_600.0;

  @Override
  public @Nullable Traits cheaper(Traits traits, BrownoutSettings settings) {
    return traits.kind() == RequestKind.ROUTE
            && traits.search() != Search.ROUND_TRIP
            && traits.modelHash() == 0
            && traits.points() > 1
            && Double.isFinite(traits.beelineMeters())
            && settings.kmh(traits.profile()) > 0
        ? traits
        : null;
  }

  /** An estimate is no query. */
  @Override
  public @Nullable RouteQuery reduce(RouteQuery query, BrownoutSettings settings) {
    return null;
  }

  static Reply.Estimated reply(Traits traits, BrownoutSettings settings) {
    double meters = traits.beelineMeters() * settings.detour();
    double kmh = settings.kmh(traits.profile());
    long millis = kmh > 0 ? Math.round(meters / (kmh * METERS_PER_MILLI_AND_KMH)) : 0;
    return new Reply.Estimated(Math.round(meters * 1_000) / 1_000.0, millis);
  }
}
