package dev.weir.chaos.scenario;

import dev.weir.chaos.report.Finding;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All hypotheses, and how one is tried. */
public final class Trials {

  private static final List<Hypothesis> ALL =
      List.of(
          new AdaptiveLimitsShrinkWithin200MsOfTenfoldEngineLatencyAndRecoverWithin2s(),
          new AnEngineThatFailsOpensTheBreakerAndHalfOpenProbesCloseIt(),
          new AHungSearchCostsOnePermitUntilItIsCutOffNeverThePool(),
          new ARetryStormDoesNotBecomeMetastable(),
          new AColdRestartAtFiveTimesTheLoadNeverCollapses(),
          new NothingAnswered200WasWrongTruncatedOrAnsweredTwice(),
          new TenThousandSlowReadersCostBoundedMemory(),
          new SlowReadersByGrpcCostBoundedMemory(),
          new DribblersAreCutOff(),
          new CallsThatTheirCallersNeverFinishAreCutOff(),
          new MalformedInputNeverCostsAWorker(),
          new MalformedFramesNeverCostAWorker(),
          new FloodsOfFramesCostTheServerLittle(),
          new AConnectionFloodLeavesThoseWhoAreInAlone(),
          new ABadNetworkHarmsOnlyThoseBehindIt(),
          new ARideEndsWithAReasonAndNotForAFaultOfTheEngine(),
          new AStallIsOverWhenItEnds(),
          new AClockThatJumpsCostsNoMoreThanTheCallsOfItsMoment(),
          new StolenProcessorsSlowTheServerAndDoNotStopIt(),
          new AThrottledContainerAdmitsLessAndAnswersNobodyLate(),
          new AFullDiskLosesNothing(),
          new ALongTimeOfRandomFaultsLeaksNothing(Duration.ofSeconds(15)));

  private Trials() {}

  public static List<Hypothesis> all() {
    return ALL;
  }

  /** The one of that name, however it is capitalised. */
  public static @Nullable Hypothesis named(String name) {
    return ALL.stream().filter(each -> each.name().equalsIgnoreCase(name)).findAny().orElse(null);
  }

  /** Tries one; never throws, but for an interrupt. */
  public static Finding run(Hypothesis hypothesis, Arena arena) throws InterruptedException {
    Story story = hypothesis.story();
    Trial trial = new Trial(arena);
    try (trial) {
      hypothesis.tryOut(trial);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      trial.check(false, "it could not be tried to its end: %s", e);
    }
    return new Finding(
        hypothesis.name(),
        List.of(story.steadyState(), story.fault(), story.expectation(), story.recovery()),
        trial.checks(),
        trial.timeline());
  }
}
