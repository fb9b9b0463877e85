package dev.weir.benchmarks.peers;

import dev.weir.benchmarks.peers.Peer.Ground;
import dev.weir.routing.StopSignal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the machine can do when it does nothing but compute: a thread for each processor asks one
 * question after another. That is less than what costs on the idle machine promise, since
 * processors that all work share caches, memory and often a core.
 */
final class Capacity {

  private Capacity() {}

  /**
   * Calls per second, of the mix that is drawn from: their work over what one of them costs in the
   * mean, since in a few seconds there may be half or twice the expensive ones. Takes as long as it
   * is told, on all processors.
   *
   * @param time to measure, half as long again to warm up
   */
  static double measured(Ground ground, Questions questions, Duration time, long seed)
      throws InterruptedException {
    long startNanos = System.nanoTime();
    long fromNanos = startNanos + time.toNanos() / 2;
    long untilNanos = fromNanos + time.toNanos();
    LongAdder workNanos = new LongAdder();
    SplittableRandom seeds = new SplittableRandom(seed);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < ground.processors(); i++) {
      SplittableRandom random = seeds.split();
      threads.add(
          Thread.ofPlatform()
              .start(() -> ask(ground, questions, random, fromNanos, untilNanos, workNanos)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return workNanos.sum() / questions.meanNanos() / (time.toNanos() / 1e9);
  }

  private static void ask(
      Ground ground,
      Questions questions,
      SplittableRandom random,
      long fromNanos,
      long untilNanos,
      LongAdder workNanos) {
    for (long now = System.nanoTime(); now - untilNanos < 0; now = System.nanoTime()) {
      Question question = questions.draw(random);
      ground.engine().compute(question.query(), StopSignal.NEVER);
      if (now - fromNanos >= 0) {
        workNanos.add(question.costNanos());
      }
    }
  }
}
