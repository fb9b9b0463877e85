package dev.weir.proxy.observe;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import ch.qos.logback.core.encoder.JsonEscapeUtil;
import java.time.Instant;
import org.slf4j.event.KeyValuePair;

/**
 * A JSON object per line: {@code time}, {@code level}, {@code logger}, {@code message}, whatever
 * the line is about by its own names, such as {@code request}, {@code trace} and {@code tenant},
 * and of a fault its {@code stack}. Used by the thread that writes.
 */
final class JsonLines extends EncoderBase<ILoggingEvent> {

  // Logback's own encoder has what a line is about as a list of objects with one field each, in
  // which nothing can be looked up by name.

  private static final byte[] NOTHING = new byte[0];

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(256).append('{');
    add(line, "time", Instant.ofEpochMilli(event.getTimeStamp()).toString());
    add(line, "level", event.getLevel().toString());
    add(line, "logger", event.getLoggerName());
    add(line, "message", String.valueOf(event.getFormattedMessage()));
    if (event.getKeyValuePairs() != null) {
      for (KeyValuePair pair : event.getKeyValuePairs()) {
        if (pair.value instanceof Number number) {
          name(line, pair.key).append(number);
        } else {
          add(line, pair.key, String.valueOf(pair.value));
        }
      }
    }
    if (event.getThrowableProxy() != null) {
      add(line, "stack", ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }
    return line.append("}\n").toString().getBytes(UTF_8);
  }

  private static void add(StringBuilder line, String name, String text) {
    name(line, name).append('"').append(JsonEscapeUtil.jsonEscapeString(text)).append('"');
  }

  private static StringBuilder name(StringBuilder line, String name) {
    if (line.length() > 1) {
      line.append(',');
    }
    return line.append('"').append(name).append("\":");
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }
}
