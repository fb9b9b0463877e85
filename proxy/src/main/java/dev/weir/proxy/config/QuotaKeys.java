package dev.weir.proxy.config;

import dev.weir.routing.InvalidSetting;
import java.util.List;
import java.util.function.Function;

/**
 * The keys of a quota, which there are in several groups.
 *
 * @param <R> record that holds the quota
 * @param group that the keys are below
 */
record QuotaKeys<R>(
    String group, Key<R, Double> perSecond, Key<R, Long> burst, Key<R, Long> perDay) {

  /**
   * @param whose it is, for the operator
   */
  static <R> QuotaKeys<R> of(String group, String whose, Function<R, QuotaSettings> of) {
    return new QuotaKeys<>(
        group,
        new Key<>(
            group + ".units-per-second",
            Forms.decimal(0, QuotaSettings.MOST_PER_SECOND),
            QuotaSettings.NONE.unitsPerSecond(),
            "Quota "
                + whose
                + ": milliseconds of one processor per second that it may ask for on the average;"
                + " 0 for no limit.",
            holder -> of.apply(holder).unitsPerSecond()),
        new Key<>(
            group + ".burst",
            Forms.wideWhole(0, QuotaSettings.MOST_AT_ONCE),
            QuotaSettings.NONE.burst(),
            "Of these, what it may ask for at once; 0 for those of ten seconds.",
            holder -> of.apply(holder).burst()),
        new Key<>(
            group + ".units-per-day",
            Forms.wideWhole(0, QuotaSettings.MOST_PER_DAY),
            QuotaSettings.NONE.unitsPerDay(),
            "Milliseconds of one processor that it may ask for between midnight and midnight of"
                + " UTC; 0 for no limit.",
            holder -> of.apply(holder).unitsPerDay()));
  }

  List<Key<R, ?>> all() {
    return List.of(perSecond, burst, perDay);
  }

  QuotaSettings make(Values values) {
    try {
      return new QuotaSettings(values.get(perSecond), values.get(burst), values.get(perDay));
    } catch (InvalidSetting e) {
      throw new InvalidSetting(group + "." + e.setting(), e.complaint());
    }
  }
}
