package dev.weir.proxy.observe;

import dev.weir.proxy.path.Answered;
import dev.weir.proxy.path.Identity;
import dev.weir.proxy.path.Spent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * A line per answer, for those who turn it on. It tells who asked and what became of it, and
 * nothing of what was asked: queries hold places. Thread-safe; costs next to nothing when off.
 */
final class AccessLog {

  static final String NAME = "dev.weir.access";

  /** Of answers that cost no work, which a flood of requests has a flood of. */
  static final Marker TURNED_AWAY = MarkerFactory.getMarker("TURNED_AWAY");

  private static final Logger LOG = LoggerFactory.getLogger(NAME);
  private static final int FIRST_ERROR = 400;
  private static final int UNAUTHORIZED = 401;
  private static final int NANOS_PER_MICRO = 1_000;
  private static final int MOST_LETTERS = 64;

  private AccessLog() {}

  static void write(Answered answer) {
    boolean wanted = turnsAway(answer) ? LOG.isInfoEnabled(TURNED_AWAY) : LOG.isInfoEnabled();
    if (!wanted) {
      return;
    }
    LoggingEventBuilder line =
        LOG.atInfo()
            .addKeyValue("request", answer.trace().requestId())
            .addKeyValue("trace", answer.trace().traceId())
            .addKeyValue("span", answer.trace().spanId())
            .addKeyValue("caller", answer.address());
    line =
        withAsker(line, answer)
            .addKeyValue("method", answer.method())
            .addKeyValue("resource", Meters.label(answer.resource()))
            .addKeyValue("status", answer.status());
    if (answer.reason() != null) {
      line = line.addKeyValue("reason", answer.reason().code());
    }
    line =
        line.addKeyValue("bytes", answer.bytes())
            .addKeyValue("took_us", answer.tookNanos() / NANOS_PER_MICRO);
    Spent spent = answer.spent();
    if (spent != null) {
      line =
          line.addKeyValue("queue_us", spent.queueNanos() / NANOS_PER_MICRO)
              .addKeyValue("engine_us", spent.engineNanos() / NANOS_PER_MICRO);
    }
    line.log("answered");
  }

  private static boolean turnsAway(Answered answer) {
    return answer.status() >= FIRST_ERROR && answer.spent() == null;
  }

  private static LoggingEventBuilder withAsker(LoggingEventBuilder line, Answered answer) {
    Identity asker = asker(answer);
    return asker == null
        ? line
        : line.addKeyValue("tenant", tame(asker.tenant()))
            .addKeyValue("priority", Meters.label(asker.priority()));
  }

  /** Whose request it was, {@code null} if that did not come out. */
  static @Nullable Identity asker(Answered answer) {
    // To ask again who an unknown caller is would be another failure of that caller.
    return answer.status() == UNAUTHORIZED ? null : answer.asker().get();
  }

  /** A name that cannot pass for other fields, nor fill the line. */
  static String tame(String name) {
    String start = name.length() > MOST_LETTERS ? name.substring(0, MOST_LETTERS) : name;
    return start.replace('"', '?');
  }
}
