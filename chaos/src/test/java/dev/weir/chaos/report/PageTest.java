package dev.weir.chaos.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.chaos.load.Fate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PageTest {

  @TempDir private Path directory;

  private final Timeline timeline = new Timeline();

  private Finding finding(boolean held) {
    return new Finding(
        "ACauseHasAnEffectWithin200Ms",
        List.of("calm", "a <fault>", "little", "all"),
        List.of(new Finding.Check(true, "one"), new Finding.Check(held, "two & more")),
        timeline);
  }

  @Test
  void showsWhatWasFoundAndNeedsNothingElse() throws Exception {
    timeline.begin("engine-latency");
    timeline.ended(Fate.GOOD, 5_000);
    timeline.ended(Fate.REFUSED, 200);
    timeline.sampled(Series.PERMITS, 2);
    timeline.end("engine-latency");
    timeline.close();
    Path file = directory.resolve("chaos.html");
    Page.write(List.of(finding(true), finding(false)), 42, file);

    String html = Files.readString(file);
    assertTrue(html.contains("seed 42"));
    assertTrue(html.contains("A cause has an effect within 200 ms"));
    assertTrue(html.contains("a &lt;fault&gt;"));
    assertTrue(html.contains("class='warn'>failed: two &amp; more"));
    assertTrue(html.contains("<title>engine-latency</title>"));
    assertFalse(html.contains("http"), "it refers to something else");
    assertFalse(html.contains("NaN"));
    assertEquals(html.split("<svg", -1).length, html.split("</svg>", -1).length);
  }

  @Test
  void holdsOnlyIfEverythingDoes() {
    assertTrue(finding(true).held());
    assertFalse(finding(false).held());
    assertFalse(new Finding("A", List.of(), List.of(), timeline).held(), "nothing was looked at");
  }

  @Test
  void countsWithinTimesAndKeepsLatencies() {
    timeline.ended(Fate.GOOD, 1_000);
    timeline.ended(Fate.GOOD, 9_000);
    timeline.ended(Fate.REFUSED, 100);
    long later = timeline.nowMillis() + 60_000;

    assertEquals(2, timeline.count(Fate.GOOD));
    assertEquals(0, timeline.count(Fate.GOOD, later, later + 1_000));
    assertEquals(1, timeline.latencyMillis(Fate.GOOD, 50, 0, later));
    assertEquals(9, timeline.latencyMillis(Fate.GOOD, 99, 0, later));
    assertEquals(0, timeline.latencyMillis(Fate.GOOD, 99, later, later + 1_000));
  }
}
