package dev.weir.chaos.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.chaos.report.Finding;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every hypothesis that does not need a machine of its own is tried on a real server process.
 * Bounds on time are wide, since the machine may be busy; what must never be must not be here
 * either. {@code ./weir chaos} tries all, with the bounds that are promised.
 */
final class HypothesesTest {

  private static final int LENIENCY = 5;
  private static final long SEED = 1;

  /** They are about how fast something is, more than about what must never be. */
  private static final List<String> NEED_A_QUIET_MACHINE =
      List.of(
          "AdaptiveLimitsShrinkWithin200MsOfTenfoldEngineLatencyAndRecoverWithin2s",
          "AColdRestartAtFiveTimesTheLoadNeverCollapses",
          "ABadNetworkHarmsOnlyThoseBehindIt",
          "FloodsOfFramesCostTheServerLittle",
          "StolenProcessorsSlowTheServerAndDoNotStopIt",
          "AThrottledContainerAdmitsLessAndAnswersNobodyLate",
          "AStallIsOverWhenItEnds",
          "AClockThatJumpsCostsNoMoreThanTheCallsOfItsMoment");

  @TempDir private static Path directory;

  static Stream<String> selection() {
    return Trials.all().stream()
        .map(Hypothesis::name)
        .filter(name -> !NEED_A_QUIET_MACHINE.contains(name));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("selection")
  @Timeout(300)
  void holds(String name) throws Exception {
    Path map = Path.of(Objects.requireNonNull(System.getProperty("weir.test.monaco")));
    Arena arena = new Arena(map.toRealPath(), directory, SEED, LENIENCY);
    Finding finding = Trials.run(Objects.requireNonNull(Trials.named(name)), arena);
    String told =
        finding.checks().stream()
            .map(check -> (check.held() ? "held: " : "FAILED: ") + check.sentence())
            .collect(Collectors.joining("\n", "seed " + SEED + "\n", ""));
    assertTrue(finding.held(), told);
  }

  @Test
  void everyHypothesisHasANameOfItsOwnAndAStory() {
    List<String> names = Trials.all().stream().map(Hypothesis::name).toList();
    assertEquals(names.size(), names.stream().distinct().count());
    for (Hypothesis each : Trials.all()) {
      Story story = each.story();
      assertFalse(story.steadyState().isBlank());
      assertFalse(story.fault().isBlank());
      assertFalse(story.expectation().isBlank());
      assertFalse(story.recovery().isBlank());
      assertEquals(each, Trials.named(each.name().toLowerCase(Locale.ROOT)));
    }
  }
}
