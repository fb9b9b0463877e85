package dev.weir.proxy.observe;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import dev.weir.proxy.observe.FloodLimit.HeldBack;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Hands lines to a thread that writes them, so that nobody who logs ever waits. What is too much is
 * dropped and counted. Thread-safe.
 */
final class QueuedAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {

  // Logback's own appender for this does not say how many lines it dropped.

  /** Lines that were held back are told of that often, when nothing else is written. */
  private static final long IDLE_SECONDS = 1;

  private static final long STOP_MILLIS = 2_000;

  private final BlockingQueue<ILoggingEvent> queue;
  private final Appender<ILoggingEvent> target;
  private final FloodLimit flood;
  private final LongAdder heldBack;
  private final LongAdder dropped;
  private final Logger own;
  private final Thread writer;

  /**
   * @param target started and stopped by whoever made it
   * @param own logger under which it tells of lines that were held back
   */
  QueuedAppender(
      int capacity,
      Appender<ILoggingEvent> target,
      FloodLimit flood,
      LongAdder heldBack,
      LongAdder dropped,
      Logger own) {
    this.queue = new ArrayBlockingQueue<>(capacity);
    this.target = target;
    this.flood = flood;
    this.heldBack = heldBack;
    this.dropped = dropped;
    this.own = own;
    this.writer = Thread.ofPlatform().name("weir-log").daemon().unstarted(this::write);
  }

  @Override
  public void start() {
    super.start();
    writer.start();
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (!flood.admits(event.getLoggerName(), Objects.requireNonNullElse(event.getMessage(), ""))) {
      heldBack.increment();
      return;
    }
    event.prepareForDeferredProcessing();
    if (!queue.offer(event)) {
      dropped.increment();
    }
  }

  private void write() {
    while (isStarted()) {
      try {
        writeOne(queue.poll(IDLE_SECONDS, TimeUnit.SECONDS));
      } catch (InterruptedException e) {
        break;
      }
    }
    queue.forEach(target::doAppend);
    tellOf(flood.takeAllHeldBack());
  }

  private void writeOne(@Nullable ILoggingEvent event) {
    if (event != null) {
      target.doAppend(event);
    }
    tellOf(flood.takeHeldBack());
  }

  private void tellOf(List<HeldBack> heldBackLines) {
    for (HeldBack each : heldBackLines) {
      target.doAppend(
          new LoggingEvent(
              QueuedAppender.class.getName(),
              own,
              Level.WARN,
              "{} lines like this of {} were held back: {}",
              null,
              new Object[] {each.lines(), each.logger(), each.message()}));
    }
  }

  /** Writes what is queued, for a bounded time. */
  @Override
  public void stop() {
    if (!isStarted()) {
      return;
    }
    super.stop();
    writer.interrupt();
    try {
      writer.join(STOP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
