package dev.weir.chaos.scenario;

/**
 * A sentence about what becomes of the server when something fails, which is the name of its class,
 * and how to find out whether it is true.
 */
public interface Hypothesis {

  Story story();

  /**
   * Tries it. What is found is told to the trial; nothing that was expected is thrown.
   *
   * @throws Exception if it could not be tried
   */
  void tryOut(Trial trial) throws Exception;

  /** The name by which it is asked for. */
  default String name() {
    return getClass().getSimpleName();
  }
}
