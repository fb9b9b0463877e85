package dev.weir.proxy.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.monitoring.Rules.Alert;
import dev.weir.proxy.published.Program;
import dev.weir.proxy.published.Program.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Rules and alerts, held to their unit tests and to their runbooks. What needs promtool is skipped,
 * saying so, where it is missing.
 */
final class AlertsTest {

  private static final Path RUNBOOKS = Path.of("..", "docs", "alerts.md");
  private static final Set<String> SEVERITIES = Set.of("critical", "warning", "info");
  private static final List<String> STEPS = List.of("It means", "Look at", "Turn");

  private static Result promtool(String... arguments) throws Exception {
    Program.required("promtool", "--version");
    String[] command = new String[arguments.length + 1];
    command[0] = "promtool";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    return Program.run(Rules.DIRECTORY, command);
  }

  private static Set<String> names() throws IOException {
    return Rules.alerts().stream().map(Alert::name).collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void promtoolFindsNothingWrongWithConfigurationAndRules() throws Exception {
    Result result = promtool("check", "config", "prometheus.yaml");

    assertEquals(0, result.exit(), result.output());
    assertTrue(result.output().contains("2 rule files found"), result.output());
    assertFalse(result.output().contains("FAILED"), result.output());
  }

  @Test
  void everyAlertFiresOnItsFaultAndNotInCalmNorInOrdinaryShedding() throws Exception {
    Result result = promtool("test", "rules", "weir-alerts.test.yaml");

    assertEquals(0, result.exit(), result.output());
    assertTrue(result.output().contains("SUCCESS"), result.output());
  }

  @Test
  void everyAlertIsTriedInAllThreeOfThem() throws Exception {
    assertEquals(names(), tried(name -> name.equals("calm"), true));
    assertEquals(names(), tried(name -> name.equals("ordinary shedding"), true));
    assertEquals(names(), tried(name -> name.contains(" when "), false));
  }

  /** Alerts that tests of these names want to be silent, or to fire. */
  private static Set<String> tried(Predicate<String> groups, boolean silent) throws IOException {
    return Rules.maps(Rules.child(Rules.map(Rules.read("weir-alerts.test.yaml")), "tests"))
        .filter(group -> groups.test(String.valueOf(group.get("name"))))
        .flatMap(group -> Rules.maps(Rules.child(group, "alert_rule_test")))
        .filter(test -> ((List<?>) Rules.child(test, "exp_alerts")).isEmpty() == silent)
        .map(test -> String.valueOf(test.get("alertname")))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void everyAlertSaysHowBadItIsByHowMuchAndWhatToDo() throws IOException {
    for (Alert alert : Rules.alerts()) {
      String name = alert.name();
      Map<String, String> annotations = alert.annotations();
      assertTrue(alert.duration().matches("[0-9]+m"), name);
      assertTrue(SEVERITIES.contains(alert.labels().getOrDefault("severity", "")), name);
      assertTrue(
          annotations.getOrDefault("summary", "").contains("$value") || name.equals("WeirDown"),
          name);
      assertEquals("docs/alerts.md#" + name.toLowerCase(Locale.ROOT), annotations.get("runbook"));
    }
  }

  @Test
  void everyAlertHasARunbookAndEveryRunbookAnAlert() throws IOException {
    String text = Files.readString(RUNBOOKS);
    Set<String> runbooks =
        Pattern.compile("(?m)^## (.+)$")
            .matcher(text)
            .results()
            .map((MatchResult match) -> match.group(1))
            .collect(Collectors.toCollection(TreeSet::new));

    assertEquals(names(), runbooks);
    for (String section : text.split("(?m)^## ", -1)) {
      if (!section.startsWith("#")) {
        STEPS.forEach(step -> assertTrue(section.contains("**" + step + ".**"), section));
      }
    }
  }
}
