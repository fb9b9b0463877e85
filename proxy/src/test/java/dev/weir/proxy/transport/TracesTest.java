package dev.weir.proxy.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.config.TracingSettings;
import dev.weir.proxy.path.Trace;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TracesTest {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "b7ad6b7169203331";
  private static final String WELL_FORMED = "00-" + TRACE + "-" + PARENT + "-01";

  private final Traces traces = new Traces(new SplittableRandom(1));

  private String traceId(@Nullable String parent) {
    return traces.of(null, parent, null).traceId();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
        "abcXYZ019-_.:/+=~",
        "0123456789012345678901234567890123456789012345678901234567890123"
      })
  void takesTheIdOfTheCallerIfItIsWellFormed(String id) {
    assertEquals(id, traces.of(id, null, null).requestId());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a b",
        "a\r\nSet-Cookie: b",
        "a\u0000",
        "a\"b",
        "a,b",
        "ä",
        "\u0661",
        "01234567890123456789012345678901234567890123456789012345678901234"
      })
  void makesOneOfItsOwnOtherwise(String id) {
    assertTrue(traces.of(id, null, null).requestId().matches("[0-9a-f]{16}"), id);
  }

  @Test
  void goesOnWithTheTraceOfTheCallerAndBeginsASpanOfItsOwn() {
    Trace trace = traces.of(null, WELL_FORMED, null);

    assertEquals(TRACE, trace.traceId());
    assertNotEquals(PARENT, trace.spanId());
    assertEquals(trace.spanId(), trace.requestId());
  }

  private static Traces exporting(double sample) {
    TracingSettings settings =
        new TracingSettings("http://127.0.0.1:4318", sample, Duration.ZERO, 1, "weir", List.of());
    return new Traces(new SplittableRandom(4), () -> settings);
  }

  @Test
  void exportsWhatItsCallerExportsAndNothingElseOfIt() {
    Traces exporting = exporting(1);
    Trace sampled = exporting.of(null, "00-" + TRACE + "-" + PARENT + "-01", "a=1,b=2");
    Trace unsampled = exporting.of(null, "00-" + TRACE + "-" + PARENT + "-02", null);

    assertTrue(sampled.sampled());
    assertFalse(unsampled.sampled());
    assertEquals(Long.parseUnsignedLong(PARENT, 16), sampled.parent());
    assertEquals("a=1,b=2", sampled.state());
    assertEquals("00-" + TRACE + "-" + sampled.spanId() + "-01", sampled.response());
  }

  @Test
  void exportsAsManyAsItIsTold() {
    assertEquals(1_000, sampledOf(exporting(1)));
    assertEquals(0, sampledOf(exporting(0)));
    int some = sampledOf(exporting(0.25));
    assertTrue(180 < some && some < 320, () -> some + " of 1000, seed 4");
  }

  private static int sampledOf(Traces exporting) {
    return (int) IntStream.range(0, 1_000).filter(_ -> exporting.unnamed().sampled()).count();
  }

  @Test
  void exportsNothingUnlessThereIsACollector() {
    Trace trace = traces.of(null, "00-" + TRACE + "-" + PARENT + "-01", "a=1");

    assertFalse(trace.sampled());
    assertNull(trace.state());
    assertEquals(7, traces.now(() -> 8, 7));
    assertEquals(8, exporting(0).now(() -> 8, 7));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=\u0001", "a=\u00e4", "a=1\r\nb: 2"})
  void carriesOnNoStateThatNobodyMaySend(String state) {
    assertNull(exporting(1).of(null, "00-" + TRACE + "-" + PARENT + "-01", state).state());
  }

  @Test
  void carriesOnNoMoreStateThanEverybodyHasTo() {
    String parent = "00-" + TRACE + "-" + PARENT + "-01";
    assertEquals(
        512, String.valueOf(exporting(1).of(null, parent, "a".repeat(512)).state()).length());
    assertNull(exporting(1).of(null, parent, "a".repeat(513)).state());
    assertNull(exporting(1).of(null, null, "a=1").state());
  }

  @Test
  void toleratesWhatLaterVersionsAdd() {
    assertEquals(TRACE, traceId("cc-" + TRACE + "-" + PARENT + "-01"));
    assertEquals(TRACE, traceId("cc-" + TRACE + "-" + PARENT + "-01-what-the-future-holds"));
    assertEquals(TRACE, traceId("01-" + TRACE + "-" + PARENT + "-ff-"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "ff-" + TRACE + "-" + PARENT + "-01",
        "0x-" + TRACE + "-" + PARENT + "-01",
        WELL_FORMED + "-",
        WELL_FORMED + "-more",
        "cc-" + TRACE + "-" + PARENT + "-01.more",
        "cc-" + TRACE + "-" + PARENT + "-012",
        "00-00000000000000000000000000000000-" + PARENT + "-01",
        "00-" + TRACE + "-0000000000000000-01",
        "00-0AF7651916CD43DD8448EB211C80319C-" + PARENT + "-01",
        "00-" + TRACE + "-B7AD6B7169203331-01",
        "00-" + TRACE + "-" + PARENT + "-0G",
        "00_" + TRACE + "-" + PARENT + "-01",
        "00-" + TRACE + "_" + PARENT + "-01",
        "00-" + TRACE + "-" + PARENT + "_01",
        "00-+af7651916cd43dd8448eb211c80319c-" + PARENT + "-01",
        "00-" + TRACE + "-" + PARENT + "-1",
        " " + WELL_FORMED
      })
  void beginsANewTraceOtherwise(String parent) {
    String begun = traceId(parent);

    assertNotEquals(TRACE, begun);
    assertTrue(begun.matches("[0-9a-f]{32}"), begun);
  }

  @Test
  void halfATraceOfZerosIsATrace() {
    String id = "0000000000000000000000000000000a";
    assertEquals(id, traceId("00-" + id + "-" + PARENT + "-00"));
  }

  @Test
  void noTwoAreAlikeOnAnyThread() throws InterruptedException {
    Set<String> ids = new HashSet<>();
    Runnable more =
        () -> {
          for (int i = 0; i < 10_000; i++) {
            Trace trace = traces.unnamed();
            synchronized (ids) {
              ids.add(trace.requestId());
              ids.add(trace.traceId());
            }
          }
        };
    Thread other = Thread.ofPlatform().start(more);
    more.run();
    other.join();

    assertEquals(40_000, ids.size());
    assertNotEquals(
        new Traces(new SplittableRandom(2)).unnamed(),
        new Traces(new SplittableRandom(3)).unnamed());
  }
}
