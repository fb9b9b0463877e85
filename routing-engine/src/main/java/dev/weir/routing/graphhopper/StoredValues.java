package dev.weir.routing.graphhopper;

import com.graphhopper.config.Profile;
import com.graphhopper.routing.ev.DefaultImportRegistry;
import com.graphhopper.routing.ev.ImportRegistry;
import com.graphhopper.routing.weighting.custom.CustomModelParser;
import com.graphhopper.util.CustomModel;
import dev.weir.routing.EngineSettings;
import dev.weir.routing.EngineStartException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds out what has to be stored with each road, so that the profiles' rules can be applied. */
final class StoredValues {

  private static final Set<String> OF_ELEVATION = Set.of("average_slope", "max_slope");

  /** GraphHopper's word for the angle of a turn, which it computes from this value. */
  private static final String TURN_ANGLE = "change_angle";

  private static final String ORIENTATION = "orientation";

  private final ImportRegistry known = new DefaultImportRegistry();

  /** Names of encoded values, those of the settings first. */
  List<String> of(EngineSettings settings, List<Profile> profiles) throws EngineStartException {
    Set<String> values = new LinkedHashSet<>();
    for (String value : settings.encodedValues()) {
      if (known.createImportUnit(value.split("\\|", -1)[0]) == null) {
        throw new EngineStartException("There is no encoded value '" + value + "'");
      }
      values.add(value);
    }
    for (Profile profile : profiles) {
      for (String value : needed(profile)) {
        if (OF_ELEVATION.contains(value) && settings.elevation().provider() == null) {
          throw new EngineStartException(
              "Profile '%s' uses %s, which needs elevation: set a provider and its tiles, or choose"
                      .formatted(profile.getName(), value)
                  + " another custom model");
        }
        values.add(value);
      }
    }
    return List.copyOf(values);
  }

  private List<String> needed(Profile profile) throws EngineStartException {
    CustomModel rules = profile.getCustomModel();
    try {
      List<String> values = new ArrayList<>(variables(rules));
      if (!rules.getTurnPenalty().isEmpty()) {
        // GraphHopper looks for variables only in the other two lists.
        CustomModel turns = new CustomModel();
        rules.getTurnPenalty().forEach(turns::addToPriority);
        values.addAll(variables(turns));
        if (rules.getTurnPenalty().toString().contains(TURN_ANGLE)) {
          values.add(ORIENTATION);
        }
      }
      return values;
    } catch (IllegalArgumentException e) {
      throw new EngineStartException("Profile '" + profile.getName() + "': " + OneLine.of(e), e);
    }
  }

  private List<String> variables(CustomModel rules) {
    return CustomModelParser.findVariablesForEncodedValuesString(
        rules, name -> known.createImportUnit(name) != null, _ -> "");
  }
}
