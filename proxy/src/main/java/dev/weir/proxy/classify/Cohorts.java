package dev.weir.proxy.classify;

import dev.weir.proxy.path.Caller;
import dev.weir.proxy.path.Profile;
import dev.weir.proxy.path.Traits;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Puts callers into cohorts, so that of equals always the same are refused for a while, and then
 * others: whoever is let in gets all that a trip needs, and nobody is always a loser. Thread-safe;
 * allocates nothing.
 */
final class Cohorts {

  private static final long ROTATION_MILLIS = Duration.ofHours(1).toMillis();
  private static final int ADDRESS = 1;
  private static final int PLACE = 2;
  private static final int USER = 3;

  private final InstantSource clock;

  Cohorts(InstantSource clock) {
    this.clock = clock;
  }

  /** The cohort of a user if the caller names one, else of where a way begins, else of a peer. */
  int of(Caller caller, Traits traits) {
    long hour = Math.floorDiv(clock.millis(), ROTATION_MILLIS);
    return Math.floorMod(mixed(mixed(hour) ^ who(caller, traits)), Profile.COHORTS);
  }

  private static long who(Caller caller, Traits traits) {
    String user = caller.user();
    if (user != null) {
      return mixed(user.hashCode() + ((long) USER << 32));
    }
    if (!Double.isNaN(traits.latitude())) {
      long latitude = Double.doubleToLongBits(traits.latitude());
      return mixed(mixed(latitude + PLACE) ^ Double.doubleToLongBits(traits.longitude()));
    }
    return mixed(caller.address().hashCode() + ((long) ADDRESS << 32));
  }

  /** Finalizer of SplitMix64: every bit of the value changes half of the bits. */
  private static long mixed(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
