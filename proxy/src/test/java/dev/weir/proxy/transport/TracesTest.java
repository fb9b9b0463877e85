package dev.weir.proxy.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.path.Trace;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
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
    return traces.of(null, parent).traceId();
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
    assertEquals(id, traces.of(id, null).requestId());
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
    assertTrue(traces.of(id, null).requestId().matches("[0-9a-f]{16}"), id);
  }

  @Test
  void goesOnWithTheTraceOfTheCallerAndBeginsASpanOfItsOwn() {
    Trace trace = traces.of(null, WELL_FORMED);

    assertEquals(TRACE, trace.traceId());
    assertNotEquals(PARENT, trace.spanId());
    assertEquals(trace.spanId(), trace.requestId());
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
