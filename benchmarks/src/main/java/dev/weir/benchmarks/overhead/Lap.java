package dev.weir.benchmarks.overhead;

/**
 * What one way did in its time: an element of the JSON report.
 *
 * @param round from 1; 0 while warming up
 * @param answers that were right
 * @param wrong anything else that was answered
 * @param cpuMicros processor time of the process that answers, all of its threads, per right answer
 * @param busyPercent of one processor, of that process
 * @param idlePercent of one processor, of the process that had nothing to do meanwhile
 * @param stealPercent of all processors
 */
record Lap(
    Way way,
    int round,
    long answers,
    long wrong,
    double perSecond,
    double cpuMicros,
    double busyPercent,
    double idlePercent,
    double stealPercent) {}
