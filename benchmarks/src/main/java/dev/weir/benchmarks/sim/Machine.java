package dev.weir.benchmarks.sim;

import java.util.Arrays;

/**
 * Processors that all running jobs share equally: each gets a whole one while there are enough, its
 * part of them otherwise.
 *
 * <p>Since all jobs get the same service at any time, one number, the service received by a job
 * that has always been there, orders all completions: a job that joins is done when that number has
 * grown by its cost [1]. So nothing has to be updated per job as time passes, and a completion
 * costs the logarithm of the number of jobs.
 *
 * <p>Overhead (front end, refusals) goes before all jobs and occupies all processors.
 *
 * <p>[1] A. Demers, S. Keshav, S. Shenker, "Analysis and Simulation of a Fair Queueing Algorithm",
 * SIGCOMM 1989.
 */
final class Machine {

  private final int processors;
  private Job[] heap = new Job[64];
  private int size;
  private long nowNanos;
  private double service;
  private double speed = 1;
  private double overheadNanos;

  Machine(int processors) {
    this.processors = processors;
  }

  int size() {
    return size;
  }

  void speed(double factor) {
    speed = factor;
  }

  /** Adds work that is none of a job. */
  void charge(long nanos) {
    overheadNanos += (double) nanos / processors;
  }

  /** Service that each job gets per nanosecond. */
  private double rate() {
    return size <= processors ? speed : speed * processors / size;
  }

  void advance(long toNanos) {
    double elapsed = toNanos - nowNanos;
    nowNanos = toNanos;
    double overhead = Math.min(elapsed * speed, overheadNanos);
    overheadNanos -= overhead;
    if (size > 0) {
      service += (elapsed - overhead / speed) * rate();
    }
  }

  /** When the next job will be done if nothing changes; {@link Long#MAX_VALUE} if there is none. */
  long nextNanos() {
    if (size == 0) {
      return Long.MAX_VALUE;
    }
    double left = Math.max(0, heap[0].doneAt - service) / rate() + overheadNanos / speed;
    return nowNanos + (long) Math.ceil(left);
  }

  void add(Job job) {
    if (size == 0) {
      service = 0; // keeps the numbers small, and so exact
    }
    job.doneAt = service + job.costNanos;
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, 2 * size);
    }
    up(job, size++);
  }

  /** Takes the job that is done next. */
  Job takeNext() {
    Job next = heap[0];
    service = Math.max(service, next.doneAt);
    remove(next);
    return next;
  }

  /** Service that a running job has received. */
  double receivedNanos(Job job) {
    return job.costNanos - Math.max(0, job.doneAt - service);
  }

  void remove(Job job) {
    int index = job.heapIndex;
    Job last = heap[--size];
    job.heapIndex = -1;
    if (last == job) {
      return;
    }
    if (index > 0 && before(last, heap[(index - 1) / 2])) {
      up(last, index);
    } else {
      down(last, index);
    }
  }

  private static boolean before(Job a, Job b) {
    return a.doneAt < b.doneAt || (a.doneAt == b.doneAt && a.number() < b.number());
  }

  private void up(Job job, int from) {
    int index = from;
    while (index > 0) {
      int parent = (index - 1) / 2;
      if (!before(job, heap[parent])) {
        break;
      }
      place(heap[parent], index);
      index = parent;
    }
    place(job, index);
  }

  private void down(Job job, int from) {
    int index = from;
    while (2 * index + 1 < size) {
      int child = 2 * index + 1;
      if (child + 1 < size && before(heap[child + 1], heap[child])) {
        child++;
      }
      if (!before(heap[child], job)) {
        break;
      }
      place(heap[child], index);
      index = child;
    }
    place(job, index);
  }

  private void place(Job job, int index) {
    heap[index] = job;
    job.heapIndex = index;
  }
}
