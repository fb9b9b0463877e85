package dev.weir.proxy.config;

import static dev.weir.proxy.config.Tier.BATCH;
import static dev.weir.proxy.config.Tier.CRITICAL;
import static dev.weir.proxy.config.Tier.DEFAULT;
import static dev.weir.proxy.config.Tier.SHEDDABLE;

import java.util.List;
import java.util.function.Function;

/** The keys below {@code brownout}. */
final class BrownoutKeys {

  // Who waits prefers less now; for a batch, which nobody waits for, all of it later is better.

  private static final Key<Settings, List<Tier>> ALTERNATIVES =
      tiers(
          "alternatives",
          List.of(CRITICAL, DEFAULT, SHEDDABLE),
          "Tiers whose routes come without alternatives rather than not at all.",
          BrownoutSettings::alternatives);

  private static final Key<Settings, List<Tier>> OUTPUT =
      tiers(
          "output",
          List.of(SHEDDABLE),
          "The same for instructions and path details.",
          BrownoutSettings::output);

  private static final Key<Settings, List<Tier>> SEARCH =
      tiers(
          "search",
          List.of(CRITICAL, DEFAULT, SHEDDABLE, BATCH),
          "Tiers whose ch.disable and lm.disable are passed over where speed or hybrid mode finds"
              + " the same route.",
          BrownoutSettings::search);

  private static final Key<Settings, List<Tier>> COARSE =
      tiers(
          "coarse",
          List.of(DEFAULT, SHEDDABLE),
          "Tiers whose isochrones get coarser borders rather than none.",
          BrownoutSettings::coarse);

  private static final Key<Settings, List<Tier>> ESTIMATE =
      tiers(
          "estimate",
          List.of(CRITICAL, DEFAULT, SHEDDABLE, BATCH),
          "Tiers that get distance and duration from straight lines rather than no route, if they"
              + " ask for that with the header X-Weir-Accept: estimate.",
          BrownoutSettings::estimate);

  /** Mean of countries around the world: Ballou, Rahardja and Sakai, 2002. */
  static final Key<Settings, Double> DETOUR =
      key(
          "detour",
          Forms.decimal(1, 10),
          1.3,
          "How much longer than a straight line ways are, for estimates.",
          BrownoutSettings::detour);

  static final Key<Settings, List<SpeedSettings>> SPEEDS =
      key(
          "speeds",
          Forms.list("speeds", new Form.Group<>(SpeedKeys.SCHEMA)),
          List.of(),
          "How fast profiles are, for estimates, where that is not what their names let expect."
              + " Without one a profile that is none of GraphHopper's has no estimates.",
          BrownoutSettings::speeds);

  static final List<Key<Settings, ?>> ALL =
      List.of(ALTERNATIVES, OUTPUT, SEARCH, COARSE, ESTIMATE, DETOUR, SPEEDS);

  private BrownoutKeys() {}

  private static Key<Settings, List<Tier>> tiers(
      String name,
      List<Tier> standard,
      String sentence,
      Function<BrownoutSettings, List<Tier>> of) {
    return key(name, Forms.list("tiers", Forms.choice(Tier.class)), standard, sentence, of);
  }

  private static <T> Key<Settings, T> key(
      String name, Form<T> form, T standard, String sentence, Function<BrownoutSettings, T> of) {
    return new Key<>(
        "brownout." + name, form, standard, sentence, settings -> of.apply(settings.brownout()));
  }

  static BrownoutSettings make(Values values) {
    return new BrownoutSettings(
        values.get(ALTERNATIVES),
        values.get(OUTPUT),
        values.get(SEARCH),
        values.get(COARSE),
        values.get(ESTIMATE),
        values.get(DETOUR),
        values.get(SPEEDS));
  }
}
