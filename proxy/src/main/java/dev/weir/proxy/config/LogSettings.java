package dev.weir.proxy.config;

/**
 * @param format of log lines
 * @param access write a line per answer
 */
public record LogSettings(Format format, boolean access) {

  /** Forms of a log line. */
  public enum Format {
    /** For people. */
    TEXT,
    /** One JSON object per line. */
    JSON
  }
}
