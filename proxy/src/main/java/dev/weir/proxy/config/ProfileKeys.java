package dev.weir.proxy.config;

import dev.weir.routing.EngineSettings.Caps;
import dev.weir.routing.EngineSettings.ProfileSettings;
import dev.weir.routing.InvalidSetting;
import java.util.ArrayList;
import java.util.List;

/** The keys of one entry of {@code engine.profiles}. */
final class ProfileKeys {

  private static final int DAY_SECONDS = 86_400;

  static final Key<ProfileSettings, String> NAME =
      new Key<>(
          "name",
          Forms.text("name", "", text -> true),
          "",
          "What callers ask for. These bring their own rules: " + BuiltInProfile.names() + ".",
          ProfileSettings::name);

  static final Key<ProfileSettings, List<String>> CUSTOM_MODEL_FILES =
      new Key<>(
          "custom-model-files",
          Forms.list("file names", Forms.text("file name", "not empty", text -> !text.isBlank())),
          List.of(),
          "The rules of the profile: names of files that GraphHopper ships, or paths of your own;"
              + " empty for those that the name brings along.",
          ProfileSettings::customModelFiles);

  static final Key<ProfileSettings, Boolean> TURN_COSTS =
      new Key<>(
          "turn-costs",
          Forms.flag(),
          false,
          "Respect turn restrictions and turn costs; makes the graph larger and searches slower.",
          ProfileSettings::turnCosts);

  static final Key<ProfileSettings, Integer> U_TURN_COST =
      new Key<>(
          "u-turn-cost",
          Forms.whole(-1, DAY_SECONDS),
          -1,
          "Seconds that a U-turn costs, -1 to forbid it; only with turn-costs.",
          ProfileSettings::uTurnCostSeconds);

  static final Key<ProfileSettings, Boolean> SPEED_MODE =
      new Key<>(
          "speed-mode",
          Forms.flag(),
          true,
          "Prepare contraction hierarchies: the fastest answers, with fixed rules.",
          ProfileSettings::speedMode);

  static final Key<ProfileSettings, Boolean> HYBRID_MODE =
      new Key<>(
          "hybrid-mode",
          Forms.flag(),
          true,
          "Prepare landmarks: fast answers also to requests with a custom model.",
          ProfileSettings::hybridMode);

  static final Schema<ProfileSettings> SCHEMA =
      new Schema<>(keys(), List.of(ProfileKeys::make, CapsKeys::make), ProfileKeys::make);

  static final ProfileSettings CAR =
      new ProfileSettings(
          "car",
          BuiltInProfile.CAR.customModelFiles(),
          TURN_COSTS.standard(),
          U_TURN_COST.standard(),
          SPEED_MODE.standard(),
          HYBRID_MODE.standard(),
          Caps.DEFAULT);

  private ProfileKeys() {}

  private static List<Key<ProfileSettings, ?>> keys() {
    List<Key<ProfileSettings, ?>> keys =
        new ArrayList<>(
            List.of(NAME, CUSTOM_MODEL_FILES, TURN_COSTS, U_TURN_COST, SPEED_MODE, HYBRID_MODE));
    keys.addAll(CapsKeys.ALL);
    return List.copyOf(keys);
  }

  private static ProfileSettings make(Values values) {
    return new ProfileSettings(
        values.get(NAME),
        rules(values.get(NAME), values.get(CUSTOM_MODEL_FILES)),
        values.get(TURN_COSTS),
        values.get(U_TURN_COST),
        values.get(SPEED_MODE),
        values.get(HYBRID_MODE),
        CapsKeys.make(values));
  }

  private static List<String> rules(String name, List<String> given) {
    if (!given.isEmpty()) {
      return given;
    }
    BuiltInProfile profile = BuiltInProfile.named(name);
    if (profile == null) {
      throw new InvalidSetting(
          NAME.name(),
          name.isEmpty()
              ? "is missing"
              : "is not a profile with rules of its own: take one of "
                  + BuiltInProfile.names()
                  + ", or give custom-model-files, not "
                  + Problems.show(name));
    }
    return profile.customModelFiles();
  }
}
