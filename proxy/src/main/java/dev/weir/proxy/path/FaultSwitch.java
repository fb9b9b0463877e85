package dev.weir.proxy.path;

import java.util.List;
import java.util.Map;

/** Faults on purpose, for those who want to know what becomes of the server. Thread-safe. */
public interface FaultSwitch {

  /** One line for each fault there is: its name, what it does now, and what can be set. */
  List<String> lines();

  /**
   * Begins a fault, in place of what it did before.
   *
   * @param wishes what to set, by name; {@code for} is the seconds after which it ends by itself
   * @return one line that says what it does now
   * @throws Illegal if there is no such fault, or a wish it cannot fulfil
   */
  String start(String fault, Map<String, String> wishes) throws Illegal;

  /**
   * Ends a fault, if it is on.
   *
   * @return one line that says so
   * @throws Illegal if there is no such fault
   */
  String stop(String fault) throws Illegal;

  /** A wish that cannot be fulfilled; its message is one line for whoever had it. */
  final class Illegal extends Exception {

    private static final long serialVersionUID = 1;

    public Illegal(String message) {
      super(message, null, false, false);
    }
  }
}
