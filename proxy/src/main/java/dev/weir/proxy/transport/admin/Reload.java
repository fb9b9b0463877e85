package dev.weir.proxy.transport.admin;

import java.util.List;

/** What came of reading the configuration again. */
public sealed interface Reload {

  /** For the operator. */
  List<String> lines();

  /**
   * It is in effect.
   *
   * @param changed names of the keys with other values
   */
  record Done(List<String> changed) implements Reload {
    @Override
    public List<String> lines() {
      return changed.isEmpty()
          ? List.of("nothing has changed")
          : List.of("changed " + String.join(", ", changed));
    }
  }

  /**
   * It is not to be used; nothing was changed.
   *
   * @param errors all of them
   */
  record Rejected(List<String> errors) implements Reload {
    @Override
    public List<String> lines() {
      return errors;
    }
  }

  /**
   * It is valid, but some of it cannot be swapped; nothing was changed.
   *
   * @param fixed names of keys that need a restart
   */
  record NeedsRestart(List<String> fixed) implements Reload {
    @Override
    public List<String> lines() {
      return List.of(
          "nothing was changed: a restart is needed for other values of "
              + String.join(", ", fixed));
    }
  }
}
