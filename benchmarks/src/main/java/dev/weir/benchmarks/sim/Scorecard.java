package dev.weir.benchmarks.sim;

import dev.weir.benchmarks.sim.Result.Group;
import dev.weir.benchmarks.sim.Result.Latency;
import dev.weir.benchmarks.sim.Workload.SizeClass;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Counts what becomes of the calls that arrive in the counted time. For one run. */
final class Scorecard {

  private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(10);
  private static final int DIGITS = 3;

  private final Workload workload;
  private final Setting setting;
  private final long[][] offered;
  private final long[][] good;
  private final Histogram[] tierMicros = new Histogram[Workload.TIERS.size()];
  private final Timeline timeline;
  private final long fromNanos;
  private final long untilNanos;
  private long late;
  private long stopped;
  private long refused;
  private double usefulNanos;
  private double wastedNanos;

  Scorecard(Workload workload, Setting setting) {
    this.workload = workload;
    this.setting = setting;
    this.fromNanos = setting.warmUpNanos();
    this.untilNanos = setting.endNanos();
    int[] sizes = {workload.classes().size(), Workload.TIERS.size(), workload.tenants()};
    offered = new long[][] {new long[sizes[0]], new long[sizes[1]], new long[sizes[2]]};
    good = new long[][] {new long[sizes[0]], new long[sizes[1]], new long[sizes[2]]};
    for (int tier = 0; tier < tierMicros.length; tier++) {
      tierMicros[tier] = new Histogram(LONGEST_MICROS, DIGITS);
    }
    timeline = new Timeline(untilNanos);
  }

  private boolean counts(long nanos) {
    return nanos >= fromNanos && nanos < untilNanos;
  }

  private static void count(long[][] counts, Job job) {
    counts[0][job.sizeClass]++;
    counts[1][job.tier]++;
    counts[2][job.tenant]++;
  }

  void offered(Job job) {
    timeline.offered(job.arrivedNanos());
    if (counts(job.arrivedNanos())) {
      count(offered, job);
    }
  }

  void started(Job job, long nowNanos) {
    timeline.started(nowNanos, nowNanos - job.arrivedNanos());
  }

  void computed(Job job, long nowNanos) {
    boolean inTime = job.state == Job.State.GOOD;
    long latencyNanos = nowNanos - job.arrivedNanos();
    if (inTime) {
      timeline.good(nowNanos, latencyNanos);
    }
    if (counts(nowNanos)) {
      usefulNanos += inTime ? job.costNanos : 0;
      wastedNanos += inTime ? 0 : job.costNanos;
    }
    if (!counts(job.arrivedNanos())) {
      return;
    }
    long micros = Math.clamp(latencyNanos / 1_000, 0, LONGEST_MICROS);
    tierMicros[job.tier].recordValue(micros);
    if (inTime) {
      count(good, job);
    } else {
      late++;
    }
  }

  /**
   * @param receivedNanos what was done of it
   */
  void stopped(Job job, long nowNanos, double receivedNanos) {
    wastedNanos += counts(nowNanos) ? receivedNanos : 0;
    stopped += counts(job.arrivedNanos()) ? 1 : 0;
  }

  void refused(Job job) {
    refused += counts(job.arrivedNanos()) ? 1 : 0;
  }

  Result result(String name) {
    List<Group> classes = new ArrayList<>();
    for (int i = 0; i < workload.classes().size(); i++) {
      SizeClass sizeClass = workload.classes().get(i);
      classes.add(new Group(sizeClass.name(), offered[0][i], good[0][i]));
    }
    List<Group> tiers = new ArrayList<>();
    for (int i = 0; i < Workload.TIERS.size(); i++) {
      tiers.add(new Group(Workload.TIERS.get(i).name(), offered[1][i], good[1][i]));
    }
    List<Group> tenants = new ArrayList<>();
    for (int i = 0; i < workload.tenants(); i++) {
      tenants.add(new Group("tenant-" + i, offered[2][i], good[2][i]));
    }
    long all = tiers.stream().mapToLong(Group::offered).sum();
    long allGood = tiers.stream().mapToLong(Group::good).sum();
    double seconds = setting.counted().toNanos() / 1e9;
    return new Result(
        name,
        workload.name(),
        setting.load().peak(),
        all,
        allGood,
        late,
        stopped,
        refused,
        allGood / seconds,
        usefulNanos / (setting.processors() * (double) setting.counted().toNanos()),
        wastedNanos > 0 ? wastedNanos / (wastedNanos + usefulNanos) : 0,
        latency(tierMicros),
        latency(tierMicros[0]),
        classes,
        tiers,
        tenants,
        timeline);
  }

  private static Latency latency(Histogram... parts) {
    Histogram all = new Histogram(LONGEST_MICROS, DIGITS);
    for (Histogram part : parts) {
      all.add(part);
    }
    return new Latency(
        all.getTotalCount(),
        all.getValueAtPercentile(50) / 1_000.0,
        all.getValueAtPercentile(99) / 1_000.0);
  }
}
