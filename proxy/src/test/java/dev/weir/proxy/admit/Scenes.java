package dev.weir.proxy.admit;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;

/** Tries the ways in which the operations of a scene, each done once, can interleave. */
final class Scenes {

  private Scenes() {}

  /**
   * @param threads one for each operation
   */
  static void check(Class<?> scene, int threads) {
    new ModelCheckingOptions()
        .iterations(1)
        .invocationsPerIteration(150)
        .threads(threads)
        .actorsPerThread(1)
        .actorsBefore(0)
        .actorsAfter(0)
        .minimizeFailedScenario(false)
        .check(scene);
  }
}
