package dev.weir.proxy.transport.http;

import dev.weir.proxy.path.LoadReport;
import dev.weir.proxy.path.Priority;
import dev.weir.proxy.transport.LoadWords;
import java.util.EnumMap;
import java.util.Map;

/**
 * The header lines that tell callers of the load. All of them are built beforehand, so the load is
 * told in steps: of 5 % up to full, of 25 % beyond, up to ten times that. Thread-safe.
 */
final class LoadLines {

  private static final int FULL_PERCENT = 100;
  private static final int STEP_PERCENT = 5;
  private static final int STEPS_TO_FULL = FULL_PERCENT / STEP_PERCENT;
  private static final int STEP_BEYOND_PERCENT = 25;
  private static final int MOST_PERCENT = 1_000;
  private static final int STEPS =
      STEPS_TO_FULL + (MOST_PERCENT - FULL_PERCENT) / STEP_BEYOND_PERCENT + 1;

  private final LoadReport report;
  private final Map<Priority, HeaderLines[]> byLowest = new EnumMap<>(Priority.class);
  private final HeaderLines[] nobody = build(LoadWords.admission(null));

  LoadLines(LoadReport report) {
    this.report = report;
    for (Priority lowest : Priority.values()) {
      byLowest.put(lowest, build(LoadWords.admission(lowest)));
    }
  }

  HeaderLines now() {
    Priority lowest = report.lowestAdmitted();
    HeaderLines[] steps = lowest == null ? null : byLowest.get(lowest);
    return (steps == null ? nobody : steps)[step(report.loadPercent())];
  }

  private static int step(int percent) {
    int within = Math.clamp(percent, 0, MOST_PERCENT);
    return within <= FULL_PERCENT
        ? within / STEP_PERCENT
        : STEPS_TO_FULL + (within - FULL_PERCENT) / STEP_BEYOND_PERCENT;
  }

  private static int percent(int step) {
    return step <= STEPS_TO_FULL
        ? step * STEP_PERCENT
        : FULL_PERCENT + (step - STEPS_TO_FULL) * STEP_BEYOND_PERCENT;
  }

  private static HeaderLines[] build(String admission) {
    HeaderLines[] lines = new HeaderLines[STEPS];
    for (int step = 0; step < STEPS; step++) {
      lines[step] =
          HeaderLines.of(
              "X-Weir-Load: "
                  + LoadWords.load(percent(step))
                  + "\r\nX-Weir-Admission: "
                  + admission
                  + "\r\n");
    }
    return lines;
  }
}
