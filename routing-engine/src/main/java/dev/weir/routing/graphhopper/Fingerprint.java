package dev.weir.routing.graphhopper;

import com.graphhopper.config.Profile;
import com.graphhopper.util.Constants;
import dev.weir.routing.EngineSettings;
import dev.weir.routing.EngineSettings.ProfileSettings;
import dev.weir.routing.EngineStartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Everything a graph was made from; kept beside it and compared when it is to be used again. */
record Fingerprint(Map<String, String> facts) {

  private static final String FILE = "weir-graph";

  /** Raised when graphs of an older version of this package must not be used any more. */
  private static final String FORMAT = "1";

  static Fingerprint of(
      EngineSettings settings, MapFile map, List<Profile> profiles, List<String> storedValues)
      throws EngineStartException {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("format", FORMAT);
    facts.put("GraphHopper version", Constants.VERSION);
    facts.put("map", map.identity());
    facts.put("profiles", String.join(", ", profiles.stream().map(Profile::getName).toList()));
    for (int i = 0; i < profiles.size(); i++) {
      Profile profile = profiles.get(i);
      facts.put(
          "profile '" + profile.getName() + "'",
          describe(settings.profiles().get(i), profile.getVersion()));
    }
    facts.put("encoded values", String.join(", ", storedValues));
    facts.put("min network size", Integer.toString(settings.minNetworkSize()));
    facts.put("elevation", String.valueOf(settings.elevation().provider()));
    return new Fingerprint(facts);
  }

  private static String describe(ProfileSettings settings, int contentHash) {
    return "%s, turn costs %s, speed mode %s, hybrid mode %s, content %08x"
        .formatted(
            String.join(" + ", settings.customModelFiles()),
            settings.turnCosts() ? settings.uTurnCostSeconds() + " s" : "off",
            onOff(settings.speedMode()),
            onOff(settings.hybridMode()),
            contentHash);
  }

  private static String onOff(boolean on) {
    return on ? "on" : "off";
  }

  void write(Path graph) throws IOException {
    Files.write(
        graph.resolve(FILE),
        facts.entrySet().stream().map(fact -> fact.getKey() + "=" + fact.getValue()).toList());
  }

  static Fingerprint read(Path graph) throws IOException {
    Map<String, String> facts = new LinkedHashMap<>();
    for (String line : Files.readAllLines(graph.resolve(FILE))) {
      int end = line.indexOf('=');
      if (end > 0) {
        facts.put(line.substring(0, end), line.substring(end + 1));
      }
    }
    return new Fingerprint(facts);
  }

  /** One phrase per fact in which a stored graph differs from what is wanted. */
  List<String> differences(Fingerprint wanted) {
    Set<String> names = new LinkedHashSet<>(facts.keySet());
    names.addAll(wanted.facts.keySet());
    List<String> differences = new ArrayList<>();
    for (String name : names) {
      String stored = facts.getOrDefault(name, "none");
      String given = wanted.facts.getOrDefault(name, "none");
      if (!stored.equals(given)) {
        differences.add("%s (the graph has %s, you ask for %s)".formatted(name, stored, given));
      }
    }
    return differences;
  }
}
