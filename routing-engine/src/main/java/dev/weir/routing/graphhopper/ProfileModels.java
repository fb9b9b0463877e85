package dev.weir.routing.graphhopper;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.graphhopper.config.Profile;
import com.graphhopper.jackson.Jackson;
import com.graphhopper.util.CustomModel;
import com.graphhopper.util.GHUtility;
import com.graphhopper.util.TurnCostsConfig;
import dev.weir.routing.EngineSettings.ProfileSettings;
import dev.weir.routing.EngineStartException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Makes GraphHopper's profiles from settings and the files of rules they name. */
final class ProfileModels {

  private static final String SHIPPED = "/com/graphhopper/custom_models/";

  private final ObjectMapper json = Jackson.newObjectMapper();

  Profile profile(ProfileSettings settings) throws EngineStartException {
    try {
      Profile profile = new Profile(settings.name());
      if (settings.turnCosts()) {
        profile.setTurnCostsConfig(
            new TurnCostsConfig(vehicles(settings), settings.uTurnCostSeconds()));
      }
      return profile.setCustomModel(model(settings));
    } catch (IllegalArgumentException e) {
      throw new EngineStartException("Profile '" + settings.name() + "': " + OneLine.of(e), e);
    }
  }

  /** Whose turn restrictions hold, told from the rules the profile is made of. */
  private static List<String> vehicles(ProfileSettings settings) {
    List<String> files = settings.customModelFiles();
    if (names(files, "bike") || names(files, "mtb")) {
      return List.of("bicycle");
    }
    if (names(files, "foot") || names(files, "hike")) {
      return List.of("foot");
    }
    if (names(files, "truck")) {
      return List.of("hgv", "motorcar", "motor_vehicle");
    }
    if (names(files, "bus")) {
      return List.of("bus", "motorcar", "motor_vehicle");
    }
    if (names(files, "motorcycle")) {
      return List.of("motorcycle", "motor_vehicle");
    }
    return List.of("motorcar", "motor_vehicle");
  }

  private static boolean names(List<String> files, String vehicle) {
    return files.stream().anyMatch(file -> file.contains(vehicle));
  }

  /** The rules of all files, one after the other. */
  private CustomModel model(ProfileSettings settings) throws EngineStartException {
    CustomModel model = new CustomModel();
    for (String file : settings.customModelFiles()) {
      model = CustomModel.merge(model, read(file, settings.name()));
    }
    return model;
  }

  private CustomModel read(String file, String profile) throws EngineStartException {
    try {
      return json.readValue(withoutComments(text(file, profile)), CustomModel.class);
    } catch (JsonProcessingException e) {
      throw new EngineStartException(
          "The custom model %s of profile '%s' is not valid: %s"
              .formatted(file, profile, e.getOriginalMessage()),
          e);
    }
  }

  private static String text(String file, String profile) throws EngineStartException {
    try (InputStream shipped = GHUtility.class.getResourceAsStream(SHIPPED + file)) {
      return shipped == null
          ? Files.readString(Path.of(file))
          : new String(shipped.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new EngineStartException(
          "The custom model %s of profile '%s' is neither one that GraphHopper ships nor a file that"
                  .formatted(file, profile)
              + " can be read",
          e);
    }
  }

  /** GraphHopper allows lines of comment in these files. */
  private static String withoutComments(String text) {
    return text.lines()
        .filter(line -> !line.strip().startsWith("//"))
        .collect(Collectors.joining("\n"));
  }
}
