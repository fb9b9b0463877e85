package dev.weir.proxy.observe;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import dev.weir.proxy.config.LogLevel;
import dev.weir.proxy.path.LogSwitch;
import java.util.List;
import java.util.Locale;
import org.slf4j.LoggerFactory;

/** The levels of the log of this process. Thread-safe; keeps nothing. */
public final class LogLevels implements LogSwitch {

  private static final String DEFAULT = "default";

  /** These are a matter of settings: where they are off, nothing would be written anyway. */
  private static final List<String> SWITCHED = List.of(AccessLog.NAME, DecisionLog.NAME);

  private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();

  @Override
  public List<String> lines() {
    return context.getLoggerList().stream()
        .filter(logger -> logger.getLevel() != null)
        .map(LogLevels::line)
        .toList();
  }

  private static String line(Logger logger) {
    String inherited = logger.getLevel() == null ? " (" + DEFAULT + ")" : "";
    return logger.getName()
        + " "
        + logger.getEffectiveLevel().toString().toLowerCase(Locale.ROOT)
        + inherited;
  }

  @Override
  public String set(String name, String level) throws Illegal {
    Logger logger = context.exists(name);
    if (logger == null) {
      throw new Illegal("there is no such logger, or it has never logged");
    }
    if (SWITCHED.contains(name)) {
      throw new Illegal("that is turned on and off by log.access and log.decisions");
    }
    if (level.equals(DEFAULT)) {
      if (name.equals(org.slf4j.Logger.ROOT_LOGGER_NAME)) {
        throw new Illegal("the root has no default");
      }
      logger.setLevel(null);
      return line(logger);
    }
    LogLevel wish = new LogLevel(name, level(level));
    String complaint = wish.complaint();
    if (complaint != null) {
      throw new Illegal("it " + complaint);
    }
    logger.setLevel(of(wish.level()));
    return line(logger);
  }

  private static LogLevel.Level level(String word) throws Illegal {
    for (LogLevel.Level level : LogLevel.Level.values()) {
      if (level.name().toLowerCase(Locale.ROOT).equals(word)) {
        return level;
      }
    }
    throw new Illegal("there is no such level; use trace, debug, info, warn, error, off, default");
  }

  static Level of(LogLevel.Level level) {
    return switch (level) {
      case TRACE -> Level.TRACE;
      case DEBUG -> Level.DEBUG;
      case INFO -> Level.INFO;
      case WARN -> Level.WARN;
      case ERROR -> Level.ERROR;
      case OFF -> Level.OFF;
    };
  }
}
