package dev.weir.proxy.observe;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * Lets so many lines of the access log about requests that were turned away pass in a second, and
 * counts the rest. It is asked before a line is made: a line costs as much as the refusal it tells
 * of. Thread-safe.
 */
final class TurnedAwayLimit extends TurboFilter {

  private final FloodLimit limit;

  TurnedAwayLimit(FloodLimit limit) {
    this.limit = limit;
  }

  @Override
  public FilterReply decide(
      @Nullable Marker marker,
      Logger logger,
      Level level,
      @Nullable String format,
      Object @Nullable [] arguments,
      @Nullable Throwable fault) {
    if (!AccessLog.TURNED_AWAY.equals(marker)
        || limit.admits(logger.getName(), AccessLog.TURNED_AWAY.getName())) {
      return FilterReply.NEUTRAL;
    }
    LogLosses.FLOOD.increment();
    return FilterReply.DENY;
  }
}
