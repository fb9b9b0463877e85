package dev.weir.proxy.config;

import dev.weir.routing.InvalidSetting;
import java.util.List;

/** The keys of one entry of {@code log.levels}. */
final class LogLevelKeys {

  static final Key<LogLevel, String> LOGGER =
      new Key<>(
          "logger",
          Forms.text(
              "name of a package or class",
              "at most 200 letters, digits, dots, $ and _",
              text -> text.matches("[A-Za-z0-9_.$]{0,200}")),
          "",
          "Name of a package or class, such as dev.weir.proxy.auth.",
          LogLevel::logger);

  static final Key<LogLevel, LogLevel.Level> LEVEL =
      new Key<>(
          "level",
          Forms.choice(LogLevel.Level.class),
          LogLevel.Level.INFO,
          "What it logs. What is not of Weir logs no more than info: libraries log what callers"
              + " send.",
          LogLevel::level);

  static final Schema<LogLevel> SCHEMA =
      new Schema<>(List.of(LOGGER, LEVEL), List.of(LogLevelKeys::make), LogLevelKeys::make);

  private LogLevelKeys() {}

  private static LogLevel make(Values values) {
    String logger = values.get(LOGGER);
    if (logger.isEmpty()) {
      throw new InvalidSetting(LOGGER.name(), "is missing");
    }
    LogLevel level = new LogLevel(logger, values.get(LEVEL));
    String complaint = level.complaint();
    if (complaint != null) {
      throw new InvalidSetting(LEVEL.name(), complaint);
    }
    return level;
  }
}
