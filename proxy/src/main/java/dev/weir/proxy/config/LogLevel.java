package dev.weir.proxy.config;

import org.jspecify.annotations.Nullable;

/**
 * How much one part of the program logs.
 *
 * @param logger name of a package or class
 */
public record LogLevel(String logger, Level level) {

  private static final String OURS = "dev.weir";

  /** What is wrong with it, for the operator; {@code null} if nothing is. */
  public @Nullable String complaint() {
    boolean ours = logger.equals(OURS) || logger.startsWith(OURS + ".");
    return ours || level.compareTo(Level.INFO) >= 0
        ? null
        : "must be info, warn, error or off for what is not of Weir: libraries log what callers"
            + " send, secrets included";
  }

  /** Levels; each writes what those after it write, too. */
  public enum Level {
    TRACE,
    DEBUG,
    INFO,
    WARN,
    ERROR,
    /** Nothing. */
    OFF
  }
}
