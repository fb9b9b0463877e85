package dev.weir.proxy.config;

/**
 * @param format of log lines
 * @param access write a line per answer
 * @param refusalsPerSecond of those lines, about requests that were turned away
 * @param decisions write a line for one decision of the gate in a thousand
 */
public record LogSettings(Format format, boolean access, int refusalsPerSecond, boolean decisions) {

  /** Forms of a log line. */
  public enum Format {
    /** For people. */
    TEXT,
    /** One JSON object per line. */
    JSON
  }
}
