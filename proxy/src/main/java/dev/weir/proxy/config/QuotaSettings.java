package dev.weir.proxy.config;

import dev.weir.routing.InvalidSetting;

/**
 * What a tenant may ask for, in cost units: milliseconds of one processor.
 *
 * @param unitsPerSecond that come back; 0 if only the day is limited, or nothing
 * @param burst units that may be spent at once; 0 for those of ten seconds
 * @param unitsPerDay that may be spent on a day of UTC; 0 if that is not limited
 */
public record QuotaSettings(double unitsPerSecond, long burst, long unitsPerDay) {

  /** Nothing is limited. */
  public static final QuotaSettings NONE = new QuotaSettings(0, 0, 0);

  /** A thousand processors: no machine has more to give. */
  static final double MOST_PER_SECOND = 1_000_000;

  /** Half an hour of that. */
  static final long MOST_AT_ONCE = 2_000_000_000L;

  /** A day of that, and then some. */
  static final long MOST_PER_DAY = 100_000_000_000L;

  private static final int BURST_SECONDS = 10;

  public QuotaSettings {
    if (!(unitsPerSecond >= 0 && unitsPerSecond <= MOST_PER_SECOND)) {
      throw new InvalidSetting("units-per-second", "must be 0 to " + (long) MOST_PER_SECOND);
    }
    within("burst", burst, MOST_AT_ONCE);
    within("units-per-day", unitsPerDay, MOST_PER_DAY);
    if (burst > 0 && unitsPerSecond == 0) {
      throw new InvalidSetting("burst", "needs units-per-second");
    }
    long atOnce = burstUnits(unitsPerSecond, burst);
    if (unitsPerDay > 0 && unitsPerDay < atOnce) {
      throw new InvalidSetting(
          "units-per-day", "must be no less than the burst, which is " + atOnce);
    }
  }

  private static void within(String name, long value, long most) {
    if (value < 0 || value > most) {
      throw new InvalidSetting(name, "must be 0 to " + most);
    }
  }

  /** Whether anything is limited. */
  public boolean limits() {
    return unitsPerSecond > 0 || unitsPerDay > 0;
  }

  /** Units that may be spent at once; 0 if only the day is limited. */
  public long burstUnits() {
    return burstUnits(unitsPerSecond, burst);
  }

  private static long burstUnits(double unitsPerSecond, long burst) {
    return burst > 0 ? burst : (long) Math.ceil(BURST_SECONDS * unitsPerSecond);
  }
}
