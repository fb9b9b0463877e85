package dev.weir.benchmarks.sim;

import java.util.Arrays;

/**
 * Running jobs by a number, the least first; equals in the order of their arrival. A binary heap
 * that keeps the numbers beside the jobs, and whose jobs know their places, so that any can be
 * removed in logarithmic time. A job is in one heap of each kind at most.
 */
final class JobHeap {

  /** Which of a job's places is this heap's. */
  enum Kind {
    BY_COMPLETION,
    BY_DEADLINE
  }

  private final boolean byCompletion;
  private Job[] jobs = new Job[64];
  private double[] keys = new double[64];
  private int size;

  JobHeap(Kind kind) {
    byCompletion = kind == Kind.BY_COMPLETION;
  }

  int size() {
    return size;
  }

  /** The first job; there has to be one. */
  Job first() {
    return jobs[0];
  }

  /** The first job's number; there has to be one. */
  double firstKey() {
    return keys[0];
  }

  double key(Job job) {
    return keys[place(job)];
  }

  void add(Job job, double key) {
    if (size == jobs.length) {
      jobs = Arrays.copyOf(jobs, 2 * size);
      keys = Arrays.copyOf(keys, 2 * size);
    }
    up(job, key, size++);
  }

  void remove(Job job) {
    int index = place(job);
    Job last = jobs[--size];
    double lastKey = keys[size];
    if (last == job) {
      return;
    }
    int parent = (index - 1) / 2;
    if (index > 0 && before(last, lastKey, parent)) {
      up(last, lastKey, index);
    } else {
      down(last, lastKey, index);
    }
  }

  private boolean before(Job job, double key, int other) {
    return key < keys[other] || (key == keys[other] && job.number() < jobs[other].number());
  }

  private void up(Job job, double key, int from) {
    int index = from;
    while (index > 0) {
      int parent = (index - 1) / 2;
      if (!before(job, key, parent)) {
        break;
      }
      set(index, jobs[parent], keys[parent]);
      index = parent;
    }
    set(index, job, key);
  }

  private void down(Job job, double key, int from) {
    int index = from;
    while (2 * index + 1 < size) {
      int child = 2 * index + 1;
      if (child + 1 < size && before(jobs[child + 1], keys[child + 1], child)) {
        child++;
      }
      if (before(job, key, child)) {
        break;
      }
      set(index, jobs[child], keys[child]);
      index = child;
    }
    set(index, job, key);
  }

  private int place(Job job) {
    return byCompletion ? job.completionPlace : job.deadlinePlace;
  }

  private void set(int index, Job job, double key) {
    jobs[index] = job;
    keys[index] = key;
    if (byCompletion) {
      job.completionPlace = index;
    } else {
      job.deadlinePlace = index;
    }
  }
}
