package dev.weir.proxy.conformance;

import dev.weir.routing.EngineSettings.Caps;
import dev.weir.routing.EngineSettings.ProfileSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** The map and the profiles that both servers get: one profile per routing mode. */
final class Town {

  /** Speed and hybrid mode, turn costs with hybrid mode, flexible mode only. */
  static final List<ProfileSettings> PROFILES =
      List.of(
          new ProfileSettings("car", List.of("car.json"), false, -1, true, true, Caps.DEFAULT),
          new ProfileSettings("car_tc", List.of("car.json"), true, 40, false, true, Caps.DEFAULT),
          new ProfileSettings("foot", List.of("foot.json"), false, -1, false, false, Caps.DEFAULT));

  static final List<String> ENCODED_VALUES =
      List.of(
          "car_access",
          "car_average_speed",
          "road_access",
          "foot_access",
          "foot_average_speed",
          "foot_priority",
          "foot_road_access",
          "hike_rating",
          "mtb_rating",
          "country",
          "road_class",
          "road_environment",
          "max_speed",
          "roundabout",
          "surface");

  static final List<String> SNAP_PREVENTIONS = List.of("tunnel", "bridge", "ferry");

  static final int MIN_NETWORK_SIZE = 200;

  private Town() {}

  static Path map() {
    return Path.of(Objects.requireNonNull(System.getProperty("weir.test.monaco")));
  }

  /** The same as a configuration file of the stock server, on ports of its choice. */
  static String stockConfig(Path graph) {
    return """
    graphhopper:
      datareader.file: %s
      graph.location: %s
      graph.encoded_values: %s
      import.osm.ignored_highways: ""
      prepare.min_network_size: %d
      routing.snap_preventions_default: %s
      routing.non_ch.max_waypoint_distance: 1000000
      profiles:
    %s
      profiles_ch:
    %s
      profiles_lm:
    %s
    server:
      application_connectors:
      - {type: http, port: 0, bind_host: localhost, max_request_header_size: 50k}
      admin_connectors:
      - {type: http, port: 0, bind_host: localhost}
      request_log: {appenders: []}
    logging:
      appenders: [{type: console}]
    """
        .formatted(
            map(),
            graph,
            String.join(",", ENCODED_VALUES),
            MIN_NETWORK_SIZE,
            String.join(",", SNAP_PREVENTIONS),
            PROFILES.stream().map(Town::stockProfile).collect(Collectors.joining("\n")),
            references(PROFILES.stream().filter(ProfileSettings::speedMode).toList()),
            references(PROFILES.stream().filter(ProfileSettings::hybridMode).toList()));
  }

  private static String stockProfile(ProfileSettings profile) {
    String turnCosts =
        profile.turnCosts()
            ? ", turn_costs: {vehicle_types: [motorcar, motor_vehicle], u_turn_costs: %d}"
                .formatted(profile.uTurnCostSeconds())
            : "";
    return "  - {name: %s, custom_model_files: %s%s}"
        .formatted(profile.name(), profile.customModelFiles(), turnCosts);
  }

  private static String references(List<ProfileSettings> profiles) {
    return profiles.stream()
        .map(profile -> "  - {profile: " + profile.name() + "}")
        .collect(Collectors.joining("\n"));
  }
}
