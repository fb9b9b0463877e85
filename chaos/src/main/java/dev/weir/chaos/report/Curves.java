package dev.weir.chaos.report;

import dev.weir.chaos.load.Fate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The curves of a timeline: what callers got, how long it took, and what the server says. */
final class Curves {

  /** Points in a curve at most: more would not be told apart. */
  private static final int POINTS = 300;

  private Curves() {}

  static String draw(Timeline timeline) {
    long endMillis = timeline.lengthMillis();
    long stepMillis =
        Math.max(
            2 * Timeline.BUCKET_MILLIS,
            endMillis / POINTS / Timeline.BUCKET_MILLIS * Timeline.BUCKET_MILLIS);
    Map<String, List<Chart.Point>> fates = new LinkedHashMap<>();
    for (Fate fate : Fate.values()) {
      if (timeline.count(fate) > 0) {
        fates.put(
            fate.name().toLowerCase(Locale.ROOT), rate(timeline, fate, endMillis, stepMillis));
      }
    }
    Map<String, List<Chart.Point>> latency = new LinkedHashMap<>();
    latency.put("p50", latency(timeline, 50, endMillis, stepMillis));
    latency.put("p99", latency(timeline, 99, endMillis, stepMillis));
    List<Timeline.Window> windows = timeline.windows();
    String svg =
        new Chart("answers and other ends per second", endMillis, windows).draw(fates)
            + new Chart("latency of good answers, ms", endMillis, windows).draw(latency);
    return svg
        + server(
            timeline,
            "calls in the server",
            List.of(Series.PERMITS, Series.IN_FLIGHT, Series.WAITING, Series.WORKERS_LOST),
            endMillis)
        + server(
            timeline,
            "what the gate thinks",
            List.of(Series.EFFECTIVE_PROCESSORS, Series.ADMITTED_PART),
            endMillis)
        + server(timeline, "resident memory, MiB", List.of(Series.RESIDENT_MEBIBYTES), endMillis);
  }

  private static String server(
      Timeline timeline, String title, List<Series> shown, long endMillis) {
    Map<String, List<Chart.Point>> curves = new LinkedHashMap<>();
    for (Series series : shown) {
      List<Chart.Point> points = new ArrayList<>();
      List<Timeline.Sample> samples = timeline.samples(series, 0);
      int every = Math.max(1, samples.size() / POINTS);
      for (int i = 0; i < samples.size(); i += every) {
        points.add(new Chart.Point(samples.get(i).atMillis(), samples.get(i).value()));
      }
      curves.put(series.words(), points);
    }
    return new Chart(title, endMillis, timeline.windows()).draw(curves);
  }

  private static List<Chart.Point> rate(
      Timeline timeline, Fate fate, long endMillis, long stepMillis) {
    List<Chart.Point> points = new ArrayList<>();
    for (long at = 0; at < endMillis; at += stepMillis) {
      points.add(new Chart.Point(at, timeline.perSecond(fate, at, at + stepMillis)));
    }
    return points;
  }

  private static List<Chart.Point> latency(
      Timeline timeline, double percent, long endMillis, long stepMillis) {
    List<Chart.Point> points = new ArrayList<>();
    for (long at = 0; at < endMillis; at += stepMillis) {
      if (timeline.count(Fate.GOOD, at, at + stepMillis) > 0) {
        points.add(
            new Chart.Point(at, timeline.latencyMillis(Fate.GOOD, percent, at, at + stepMillis)));
      }
    }
    return points;
  }
}
