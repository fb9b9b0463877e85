package dev.weir.proxy.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.Traced;
import dev.weir.proxy.path.Call;
import dev.weir.proxy.path.Caller;
import dev.weir.proxy.path.Deadline;
import dev.weir.proxy.path.Estimate;
import dev.weir.proxy.path.Identity;
import dev.weir.proxy.path.PathObserver.Outcome;
import dev.weir.proxy.path.PathObserver.Passage;
import dev.weir.proxy.path.Profile;
import dev.weir.proxy.path.Traits;
import dev.weir.routing.RequestKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a recording has of calls, and that there is nothing without one. */
final class FlightPassageTest {

  private static final Deadline DEADLINE = new Deadline(1_000_000_000);
  private static final Call CALL =
      new Call(
          Traced.ANY,
          Caller.at("caller"),
          Traits.unknown(RequestKind.ROUTE),
          0,
          DEADLINE,
          () -> {
            throw new AssertionError("read");
          });
  private static final Profile PROFILE =
      new Profile(RequestKind.ROUTE, Identity.of("taxi"), 0, DEADLINE, Estimate.of(1_000_000));

  @TempDir private Path dir;

  @Test
  void aCallThatReachesNoWorkerHasOnlyWaited() throws Exception {
    List<RecordedEvent> events =
        recorded("dev.weir.Queue", Duration.ZERO, () -> begin().ended(Outcome.EXPIRED_IN_QUEUE));

    assertEquals(1, events.size(), events::toString);
    RecordedEvent queue = events.getFirst();
    assertEquals("expired_in_queue", queue.getString("outcome"));
    assertEquals(Traced.ANY.requestId(), queue.getString("request"));
    assertEquals(Traced.ANY.traceId(), queue.getString("trace"));
  }

  @Test
  void whatIsShorterThanItsThresholdIsLeftOut() throws Exception {
    List<RecordedEvent> events =
        recorded(
            "dev.weir.Compute",
            Duration.ofHours(1),
            () -> {
              Passage passage = begin();
              passage.started();
              passage.ended(Outcome.ROUTED);
            });

    assertEquals(List.of(), events);
  }

  @Test
  void nobodyIsFollowedWithoutARecording() {
    assertNull(FlightPassage.begin(CALL, PROFILE));
  }

  private static Passage begin() {
    return Objects.requireNonNull(FlightPassage.begin(CALL, PROFILE));
  }

  private List<RecordedEvent> recorded(String event, Duration threshold, Runnable deed)
      throws Exception {
    Path file = dir.resolve("flight.jfr");
    try (Recording recording = new Recording()) {
      recording.enable(event).withThreshold(threshold);
      recording.start();
      deed.run();
      recording.stop();
      recording.dump(file);
    }
    List<RecordedEvent> found =
        RecordingFile.readAllEvents(file).stream()
            .filter(each -> each.getEventType().getName().equals(event))
            .toList();
    assertTrue(
        found.stream().allMatch(each -> each.getStackTrace() == null), "stacks cost too much");
    return found;
  }
}
