package dev.weir.proxy.config;

import java.util.List;

/** What came of reading a configuration. */
public sealed interface Reading {

  /** It is complete and valid. */
  record Accepted(Settings settings) implements Reading {}

  /**
   * It is not to be used.
   *
   * @param errors all of them, in the order of the file
   */
  record Rejected(List<ConfigError> errors) implements Reading {}
}
