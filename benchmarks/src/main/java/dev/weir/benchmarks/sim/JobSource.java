package dev.weir.benchmarks.sim;

import dev.weir.benchmarks.sim.LoadShape.Step;
import dev.weir.benchmarks.sim.Workload.SizeClass;
import dev.weir.proxy.path.Identity;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Calls in the order of their arrival: a Poisson process of a million riders who do not know of
 * each other. What arrives does not depend on the policy: each property of a call has its own dice.
 */
final class JobSource {

  private static final int RIDERS = 1_000_000;

  /** Quantile that few exceed (the 99th percentile) of a normal distribution. */
  private static final double HIGH = 2.326;

  /** There are 128 cohorts. */
  private static final int COHORT_BITS = 7;

  private final Workload workload;
  private final List<Step> steps;
  private final double ratePerNano;
  private final Identity[][] identities;
  private final SplittableRandom arrivals;
  private final SplittableRandom costs;
  private final SplittableRandom errors;
  private final SplittableRandom callers;
  private Job[] ended = new Job[64];
  private int endedJobs;
  private long number;
  private final double highFactor;
  private int step;
  private double atNanos;
  private double[] tierParts;
  private double firstTenantPart;

  JobSource(Workload workload, LoadShape load, int processors, long seed) {
    this.workload = workload;
    this.steps = load.steps();
    this.ratePerNano = processors / workload.meanNanos();
    this.highFactor = Math.exp(HIGH * workload.estimateSigma());
    SplittableRandom root = new SplittableRandom(seed);
    this.arrivals = root.split();
    this.costs = root.split();
    this.errors = root.split();
    this.callers = root.split();
    this.identities = new Identity[workload.tenants()][];
    for (int tenant = 0; tenant < identities.length; tenant++) {
      identities[tenant] = identities("tenant-" + tenant);
    }
    this.tierParts = workload.tierParts(steps.getFirst().load());
    this.firstTenantPart = workload.firstTenantPart(steps.getFirst().load());
  }

  private static Identity[] identities(String tenant) {
    Identity[] byTier = new Identity[Workload.TIERS.size()];
    for (int tier = 0; tier < byTier.length; tier++) {
      byTier[tier] = new Identity(tenant, 1, Workload.TIERS.get(tier));
    }
    return byTier;
  }

  /** The next call; there is always one. */
  Job next() {
    passTime();
    int sizeClass = sizeClass(callers.nextDouble());
    SizeClass asked = workload.classes().get(sizeClass);
    long costNanos = asked.cost().draw(costs);
    double error = Math.exp(workload.estimateSigma() * errors.nextGaussian());
    long arrivedNanos = (long) atNanos;
    Job job = fresh();
    job.arrivedNanos = arrivedNanos;
    job.deadlineNanos = arrivedNanos + asked.timeout().toNanos();
    job.costNanos = costNanos;
    job.meanNanos = Math.max(1, (long) (costNanos * error));
    job.highNanos = Math.max(job.meanNanos, (long) (job.meanNanos * highFactor));
    job.sizeClass = sizeClass;
    job.kind = asked.kind();
    job.tenant = tenant(callers.nextDouble());
    job.tier = tier(callers.nextDouble());
    job.identity = identities[job.tenant][job.tier];
    job.cohort = cohort(callers.nextInt(RIDERS));
    return job;
  }

  private Job fresh() {
    Job job = endedJobs > 0 ? ended[--endedJobs] : new Job();
    job.renew();
    job.number = number++;
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
    while (true) {
      double load = steps.get(step).load();
      double gap = -Math.log(1 - arrivals.nextDouble()) / (ratePerNano * load);
      double untilNanos =
          step + 1 < steps.size() ? steps.get(step + 1).from().toNanos() : Double.POSITIVE_INFINITY;
      if (atNanos + gap < untilNanos) {
        atNanos += gap;
        return;
      }
      atNanos = untilNanos;
      step++;
      tierParts = workload.tierParts(steps.get(step).load());
      firstTenantPart = workload.firstTenantPart(steps.get(step).load());
    }
  }

  private int sizeClass(double dice) {
    double left = dice;
    int index = 0;
    List<SizeClass> classes = workload.classes();
    while (index < classes.size() - 1 && left >= classes.get(index).part()) {
      left -= classes.get(index).part();
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

  private int tier(double dice) {
    double left = dice;
    int tier = 0;
    while (tier < tierParts.length - 1 && left >= tierParts[tier]) {
      left -= tierParts[tier];
      tier++;
    }
    return tier;
  }

  /** The same rider is always of the same cohort. */
  private static int cohort(int rider) {
    return (rider * 0x9E3779B9) >>> (Integer.SIZE - COHORT_BITS);
  }
}
