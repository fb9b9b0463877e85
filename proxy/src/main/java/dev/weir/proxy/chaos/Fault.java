package dev.weir.proxy.chaos;

import dev.weir.proxy.path.FaultSwitch.Illegal;

/** One way in which something goes wrong. {@link Faults} calls its methods one at a time. */
interface Fault {

  /** As operators write it. */
  String name();

  /** What can be set, in words for operators. */
  String usage();

  /**
   * Begins; takes the place of what it did before.
   *
   * @throws Illegal for a wish it cannot fulfil; nothing has changed then
   */
  void start(Wishes wishes) throws Illegal;

  /** Ends whatever it does. */
  void stop();

  /** What it does now; empty if nothing. */
  String state();
}
