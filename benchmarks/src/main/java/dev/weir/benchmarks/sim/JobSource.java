package dev.weir.benchmarks.sim;

import dev.weir.benchmarks.sim.LoadShape.Step;
import dev.weir.benchmarks.sim.Workload.SizeClass;
import dev.weir.proxy.path.Identity;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Calls in the order of their arrival, by a Poisson process. What arrives does not depend on the
 * policy: arrivals, costs, errors of estimates and callers have their own dice each. Uses jobs
 * again that have ended.
 */
final class JobSource {

  /** Quantile that few exceed (the 99th percentile) of a normal distribution. */
  private static final double HIGH = 2.326;

  /** There are 128 cohorts. */
  private static final int COHORT_BITS = 7;

  private static final long HALF = 0xFFFF_FFFFL;
  private static final double TO_UNIT = 0x1p-32;

  private final Workload workload;
  private final List<Step> steps;
  private final double meanGapNanos;
  private final SizeClass[] classes;
  private final double[] classParts;
  private final long[] timeoutNanos;
  private final Identity[][] identities;
  private final SplittableRandom arrivals;
  private final SplittableRandom costs;
  private final SplittableRandom errors;
  private final SplittableRandom callers;
  private final double sigma;
  private final double highFactor;
  private int step;
  private double stepGapNanos;
  private double stepEndNanos;
  private double[] tierParts = {};
  private double firstTenantPart;
  private double atNanos;
  private long number;
  private Job[] ended = new Job[64];
  private int endedJobs;

  JobSource(Workload workload, LoadShape load, int processors, long seed) {
    this.workload = workload;
    this.steps = load.steps();
    this.meanGapNanos = workload.meanNanos() / processors;
    this.classes = workload.classes().toArray(SizeClass[]::new);
    this.classParts = Arrays.stream(classes).mapToDouble(SizeClass::part).toArray();
    this.timeoutNanos = Arrays.stream(classes).mapToLong(c -> c.timeout().toNanos()).toArray();
    this.sigma = workload.estimateSigma();
    this.highFactor = Math.exp(HIGH * sigma);
    SplittableRandom root = new SplittableRandom(seed);
    this.arrivals = root.split();
    this.costs = root.split();
    this.errors = root.split();
    this.callers = root.split();
    this.identities = new Identity[workload.tenants()][Workload.TIERS.size()];
    for (int tenant = 0; tenant < identities.length; tenant++) {
      for (int tier = 0; tier < identities[tenant].length; tier++) {
        identities[tenant][tier] = identity("tenant-" + tenant, tier);
      }
    }
    enter(0);
  }

  private static Identity identity(String tenant, int tier) {
    return new Identity(tenant, 1, Workload.TIERS.get(tier));
  }

  private void enter(int next) {
    step = next;
    double load = steps.get(step).load();
    boolean last = step == steps.size() - 1;
    stepEndNanos = last ? Double.POSITIVE_INFINITY : steps.get(step + 1).from().toNanos();
    stepGapNanos = meanGapNanos / load;
    tierParts = workload.tierParts(load);
    firstTenantPart = workload.firstTenantPart(load);
  }

  /** The next call; there is always one. */
  Job next() {
    passTime();
    Job job = endedJobs > 0 ? ended[--endedJobs] : new Job();
    job.renew();
    job.number = number++;
    ask(job, callers.nextLong());
    call(job, callers.nextLong());
    return job;
  }

  /** Takes a job back that has ended; there are as many as are on their way at most. */
  void reuse(Job job) {
    if (endedJobs == ended.length) {
      ended = Arrays.copyOf(ended, 2 * endedJobs);
    }
    ended[endedJobs++] = job;
  }

  /** A gap that reaches into the next step is drawn again from there: Poisson has no memory. */
  private void passTime() {
    double next = atNanos + arrivals.nextExponential() * stepGapNanos;
    while (next >= stepEndNanos) {
      double fromNanos = stepEndNanos;
      enter(step + 1);
      next = fromNanos + arrivals.nextExponential() * stepGapNanos;
    }
    atNanos = next;
  }

  /** What for, and in which tier. */
  private void ask(Job job, long dice) {
    int sizeClass = choose(classParts, high(dice));
    long costNanos = classes[sizeClass].cost().draw(costs);
    double error = Math.exp(sigma * errors.nextGaussian());
    job.sizeClass = sizeClass;
    job.kind = classes[sizeClass].kind();
    job.arrivedNanos = (long) atNanos;
    job.deadlineNanos = job.arrivedNanos + timeoutNanos[sizeClass];
    job.costNanos = costNanos;
    job.meanNanos = Math.max(1, (long) (costNanos * error));
    job.highNanos = Math.max(job.meanNanos, (long) (job.meanNanos * highFactor));
    job.tier = choose(tierParts, low(dice));
  }

  /** Who it is. */
  private void call(Job job, long dice) {
    double busyness = high(dice);
    int rider = (int) (busyness * busyness * workload.crowd().riders());
    job.cohort = cohort(rider);
    job.tenant = tenant(low(dice));
    job.identity =
        workload.crowd().strangers()
            ? identity("rider-" + rider, job.tier)
            : identities[job.tenant][job.tier];
  }

  private static double high(long dice) {
    return (dice >>> Integer.SIZE) * TO_UNIT;
  }

  private static double low(long dice) {
    return (dice & HALF) * TO_UNIT;
  }

  private static int choose(double[] parts, double dice) {
    double left = dice;
    int index = 0;
    while (index < parts.length - 1 && left >= parts[index]) {
      left -= parts[index];
      index++;
    }
    return index;
  }

  private int tenant(double dice) {
    if (dice < firstTenantPart) {
      return 0;
    }
    double among = (dice - firstTenantPart) / (1 - firstTenantPart);
    return 1 + Math.min(workload.tenants() - 2, (int) (among * (workload.tenants() - 1)));
  }

  /** The same rider is always of the same cohort. */
  private static int cohort(int rider) {
    return (rider * 0x9E3779B9) >>> (Integer.SIZE - COHORT_BITS);
  }
}
