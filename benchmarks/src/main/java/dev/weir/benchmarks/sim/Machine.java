package dev.weir.benchmarks.sim;

/**
 * Processors that all running jobs share equally: each gets a whole one while there are enough, its
 * part of them otherwise.
 *
 * <p>Since all jobs get the same service at any time, one number, the service received by a job
 * that has always been there, orders all completions: a job that joins is done when that number has
 * grown by its cost [1]. So nothing has to be updated per job as time passes, and a completion
 * costs the logarithm of the number of jobs; and nothing at all is updated before something is
 * changed or asked for.
 *
 * <p>Overhead (front end, refusals) goes before all jobs and occupies all processors.
 *
 * <p>[1] A. Demers, S. Keshav, S. Shenker, "Analysis and Simulation of a Fair Queueing Algorithm",
 * SIGCOMM 1989.
 */
final class Machine {

  private final int processors;
  private final JobHeap jobs = new JobHeap(JobHeap.Kind.BY_COMPLETION);
  private long nowNanos;
  private double service;
  private double speed = 1;
  private double overheadNanos;

  Machine(int processors) {
    this.processors = processors;
  }

  int size() {
    return jobs.size();
  }

  void speed(double factor, long atNanos) {
    advance(atNanos);
    speed = factor;
  }

  /** Adds work that is none of a job. */
  void charge(long nanos, long atNanos) {
    advance(atNanos);
    overheadNanos += (double) nanos / processors;
  }

  /** Service that each job gets per nanosecond. */
  private double rate() {
    return jobs.size() <= processors ? speed : speed * processors / jobs.size();
  }

  private void advance(long toNanos) {
    double elapsed = toNanos - nowNanos;
    nowNanos = toNanos;
    double overhead = Math.min(elapsed * speed, overheadNanos);
    overheadNanos -= overhead;
    if (jobs.size() > 0) {
      service += (elapsed - overhead / speed) * rate();
    }
  }

  /** When the next job will be done if nothing changes; {@link Long#MAX_VALUE} if there is none. */
  long nextNanos() {
    if (jobs.size() == 0) {
      return Long.MAX_VALUE;
    }
    double left = Math.max(0, jobs.firstKey() - service) / rate() + overheadNanos / speed;
    return nowNanos + (long) Math.ceil(left);
  }

  void add(Job job, long atNanos) {
    advance(atNanos);
    if (jobs.size() == 0) {
      service = 0; // keeps the numbers small, and so exact
    }
    jobs.add(job, service + job.costNanos);
  }

  /** Takes the job that is done now. */
  Job takeNext(long atNanos) {
    advance(atNanos);
    Job next = jobs.first();
    service = Math.max(service, jobs.firstKey());
    jobs.remove(next);
    return next;
  }

  /** Takes a job before it is done; returns the service that it has received. */
  double remove(Job job, long atNanos) {
    advance(atNanos);
    double received = job.costNanos - Math.max(0, jobs.key(job) - service);
    jobs.remove(job);
    return received;
  }
}
