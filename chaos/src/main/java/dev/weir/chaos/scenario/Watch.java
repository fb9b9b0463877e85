package dev.weir.chaos.scenario;

import dev.weir.chaos.report.Series;
import dev.weir.chaos.report.Timeline;
import dev.weir.chaos.server.MetricsPage;
import dev.weir.chaos.server.Victim;
import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Reads a server's metrics every 40 ms, on a thread of its own, as long as it answers. */
final class Watch implements AutoCloseable {

  /** Fine enough for a claim of 200 ms, and a few percent of a processor. */
  private static final long EVERY_MILLIS = 40;

  private static final double MEBIBYTE = 1 << 20;

  private final Victim victim;
  private final Timeline timeline;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().name("chaos-watch").daemon().unstarted(task));

  Watch(Victim victim, Timeline timeline) {
    this.victim = victim;
    this.timeline = timeline;
    look(); // here, so that a metric there is not ends the trial and not a thread
    var _ = clock.scheduleWithFixedDelay(this::look, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      MetricsPage page = victim.admin().metrics();
      timeline.sampled(Series.PERMITS, page.sum("weir_permits"));
      timeline.sampled(Series.IN_FLIGHT, page.sum("weir_in_flight"));
      timeline.sampled(Series.WAITING, page.sum("weir_queue_length"));
      timeline.sampled(Series.WORKERS_LOST, page.sum("weir_workers_lost"));
      timeline.sampled(Series.CONNECTIONS, page.sum("weir_http_connections_open"));
      timeline.sampled(Series.EFFECTIVE_PROCESSORS, page.sum("weir_effective_processors"));
      timeline.sampled(
          Series.ADMITTED_PART, page.sum("weir_admitted_part", "priority=\"default\""));
      timeline.sampled(Series.RESIDENT_MEBIBYTES, victim.footprint().residentBytes() / MEBIBYTE);
    } catch (IOException e) {
      // it is down, or stalled: the gap in the timeline says so
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
