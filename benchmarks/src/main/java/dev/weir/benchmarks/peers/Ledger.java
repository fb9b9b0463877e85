package dev.weir.benchmarks.peers;

import dev.weir.benchmarks.sim.Result.Group;
import dev.weir.benchmarks.sim.Result.Latency;
import dev.weir.benchmarks.sim.Workload;
import dev.weir.proxy.path.Priority;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** What became of the calls of one stage. Thread-safe by a lock that is held for nanoseconds. */
final class Ledger {

  private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(2);
  private static final int DIGITS = 3;

  private final long countFromNanos;
  private final long countToNanos;
  private final long[] classOffered = new long[Questions.CLASSES.size()];
  private final long[] classGood = new long[Questions.CLASSES.size()];
  private final long[] tierOffered = new long[Workload.TIERS.size()];
  private final long[] tierGood = new long[Workload.TIERS.size()];
  private final Histogram micros = new Histogram(LONGEST_MICROS, DIGITS);
  private final Histogram criticalMicros = new Histogram(LONGEST_MICROS, DIGITS);
  private long usefulNanos;
  private long spentNanos;
  private long wastedNanos;
  private long open;
  private long refused;
  private long meekOffered;
  private long meekGood;

  /**
   * @param countFromNanos calls that are due sooner are not counted
   * @param countToNanos nor are those that are due later
   */
  Ledger(long countFromNanos, long countToNanos) {
    this.countFromNanos = countFromNanos;
    this.countToNanos = countToNanos;
  }

  private boolean counts(Ask ask) {
    return ask.dueNanos() - countFromNanos >= 0 && ask.dueNanos() - countToNanos < 0;
  }

  private static int tier(Ask ask) {
    return Workload.TIERS.indexOf(ask.priority());
  }

  synchronized void offered(Ask ask) {
    open++;
    if (counts(ask)) {
      classOffered[ask.question().sizeClass()]++;
      tierOffered[tier(ask)]++;
      meekOffered += ask.tenant() > 0 ? 1 : 0;
    }
  }

  synchronized void computed(Ask ask, boolean good, long latencyNanos, long busyNanos) {
    open--;
    spentNanos += counts(ask) ? busyNanos : 0;
    wastedNanos += counts(ask) && !good ? busyNanos : 0;
    if (!good || !counts(ask)) {
      return;
    }
    classGood[ask.question().sizeClass()]++;
    tierGood[tier(ask)]++;
    meekGood += ask.tenant() > 0 ? 1 : 0;
    usefulNanos += ask.question().costNanos();
    long latencyMicros = Math.clamp(latencyNanos / 1_000, 0, LONGEST_MICROS);
    micros.recordValue(latencyMicros);
    if (ask.priority() == Priority.CRITICAL) {
      criticalMicros.recordValue(latencyMicros);
    }
  }

  synchronized void refused(Ask ask) {
    open--;
    refused += counts(ask) ? 1 : 0;
  }

  /** Calls of which nothing has been heard. */
  synchronized long open() {
    return open;
  }

  synchronized Row row(Row.Stage stage, double seconds, int processors) {
    List<Group> classes = new ArrayList<>();
    for (int i = 0; i < classOffered.length; i++) {
      classes.add(new Group(Questions.CLASSES.get(i), classOffered[i], classGood[i]));
    }
    List<Group> tiers = new ArrayList<>();
    for (int i = 0; i < tierOffered.length; i++) {
      tiers.add(new Group(Workload.TIERS.get(i).name(), tierOffered[i], tierGood[i]));
    }
    long offered = tiers.stream().mapToLong(Group::offered).sum();
    long good = tiers.stream().mapToLong(Group::good).sum();
    return new Row(
        stage,
        good / seconds,
        usefulNanos / (seconds * 1e9 * processors),
        spentNanos == 0 ? 0 : (double) wastedNanos / spentNanos,
        offered == 0 ? 0 : (double) refused / offered,
        latency(micros),
        latency(criticalMicros),
        classes,
        tiers,
        meekOffered == 0 ? 1 : (double) meekGood / meekOffered,
        Row.Steps.NONE);
  }

  private static Latency latency(Histogram histogram) {
    return new Latency(
        histogram.getTotalCount(),
        histogram.getValueAtPercentile(50) / 1_000.0,
        histogram.getValueAtPercentile(99) / 1_000.0);
  }
}
