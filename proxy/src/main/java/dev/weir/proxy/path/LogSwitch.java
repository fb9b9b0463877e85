package dev.weir.proxy.path;

import java.util.List;

/** How much is logged, to be changed by the operator. Of the whole process. Thread-safe. */
public interface LogSwitch {

  /** The loggers that have a level of their own, a line each, by name. */
  List<String> lines();

  /**
   * Has another level from now on, until the settings of the log change or the server is started
   * again.
   *
   * @param logger name of a package or class that has a logger
   * @param level one of trace, debug, info, warn, error and off, or {@code default}
   * @return what is in effect, a line
   * @throws Illegal if there is no such logger or level, or it may not have it
   */
  String set(String logger, String level) throws Illegal;

  /** What cannot be done, in a sentence for the operator. */
  final class Illegal extends Exception {

    private static final long serialVersionUID = 1;

    public Illegal(String sentence) {
      super(sentence, null, false, false);
    }
  }
}
