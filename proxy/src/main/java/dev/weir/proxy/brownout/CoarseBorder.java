package dev.weir.proxy.brownout;

import dev.weir.proxy.config.BrownoutSettings;
import dev.weir.proxy.path.Traits;
import dev.weir.routing.RequestKind;
import dev.weir.routing.RouteQuery;
import dev.weir.routing.RouteQuery.Isochrone;
import org.jspecify.annotations.Nullable;

/**
 * An isochrone over fewer places: of those within a square of a small part of its reach only the
 * first counts. Its form, its buckets and its outer limit stay; its border is off by about that
 * part.
 *
 * <p>Most of the time for an isochrone goes into the surface that is spanned over the places
 * reached, not into reaching them. Their number is bounded this way whatever the reach is, by some
 * {@code π / PART²}. GraphHopper's own parameter {@code tolerance} is no help: it drops hardly any
 * place, and makes the triangulator slower.
 */
final class CoarseBorder implements Rung {

  private static final double PART = 0.02;

  /** For profiles whose speed is not known. */
  private static final double USUAL_KMH = 30;

  private static final double METERS_PER_SECOND_AND_KMH = 1 / 3.6;

  @Override
  public @Nullable Traits cheaper(Traits traits, BrownoutSettings settings) {
    boolean hasReach = traits.reachSeconds() > 0 || traits.reachMeters() > 0;
    return traits.kind() == RequestKind.ISOCHRONE && traits.fullOutput() && hasReach
        ? Less.plainOutput(traits)
        : null;
  }

  @Override
  public RouteQuery reduce(RouteQuery query, BrownoutSettings settings) {
    if (!(query instanceof Isochrone asked)) {
      return query;
    }
    return new Isochrone(
        asked.profile(),
        asked.point(),
        asked.buckets(),
        asked.reverseFlow(),
        asked.timeLimitSeconds(),
        asked.distanceLimitMeters(),
        asked.weightLimit(),
        asked.form(),
        asked.tolerance(),
        asked.fullGeometry(),
        asked.hints(),
        PART * reachMeters(asked, settings));
  }

  private static double reachMeters(Isochrone asked, BrownoutSettings settings) {
    boolean byWeight = asked.weightLimit() > 0;
    if (!byWeight && asked.distanceLimitMeters() > 0) {
      return asked.distanceLimitMeters();
    }
    // GraphHopper's weights are seconds, and somewhat more by distance.
    double seconds = byWeight ? asked.weightLimit() : Math.max(0, asked.timeLimitSeconds());
    double known = settings.kmh(asked.profile());
    return seconds * (known > 0 ? known : USUAL_KMH) * METERS_PER_SECOND_AND_KMH;
  }
}
