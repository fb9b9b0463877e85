package dev.weir.proxy.config;

import dev.weir.routing.InvalidSetting;
import java.util.List;

/**
 * How, and how much, is logged.
 *
 * @param format of log lines
 * @param access write a line per answer
 * @param refusalsPerSecond of those lines, about requests that were turned away
 * @param decisions write a line for one decision of the gate in a thousand
 * @param levels of loggers that are to have another than by default
 */
public record LogSettings(
    Format format,
    boolean access,
    int refusalsPerSecond,
    boolean decisions,
    List<LogLevel> levels) {

  private static final int MOST_LEVELS = 64;

  public LogSettings {
    levels = List.copyOf(levels);
    if (levels.size() > MOST_LEVELS) {
      throw new InvalidSetting(LogKeys.LEVELS.name(), "must be " + MOST_LEVELS + " at most");
    }
  }

  /** All loggers as by default. */
  public LogSettings(Format format, boolean access, int refusalsPerSecond, boolean decisions) {
    this(format, access, refusalsPerSecond, decisions, List.of());
  }

  /** Forms of a log line. */
  public enum Format {
    /** For people. */
    TEXT,
    /** One JSON object per line. */
    JSON
  }
}
