package dev.weir.proxy.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class QueuedAppenderTest {

  private static final int CAPACITY = 8;

  private final LoggerContext context = new LoggerContext();
  private final AtomicLong now = new AtomicLong();
  private final LongAdder heldBack = new LongAdder();
  private final LongAdder dropped = new LongAdder();
  private final Slow target = new Slow();

  @BeforeEach
  void start() {
    context.setMDCAdapter(new LogbackMDCAdapter());
    context.start();
    target.setContext(context);
    target.start();
  }

  @Test
  void neverMakesTheOneWhoLogsWaitAndCountsWhatItDrops() throws InterruptedException {
    QueuedAppender appender = appender(Integer.MAX_VALUE);
    Logger log = context.getLogger("a");
    log.info("first");
    target.begun.await(); // the writer is stuck in it from here on

    for (int i = 0; i < CAPACITY + 5; i++) {
      log.info("line {}", i);
    }
    assertEquals(5, dropped.sum());

    target.goOn.countDown();
    appender.stop();
    assertEquals(1 + CAPACITY, target.lines.size());
    assertEquals("line 0", target.lines.get(1));
  }

  @Test
  void tellsHowManyLinesOfAFloodWereHeldBack() {
    QueuedAppender appender = appender(3);
    target.goOn.countDown();
    for (int i = 0; i < 10; i++) {
      context.getLogger("a").warn("flood {}", i);
    }
    appender.stop();

    assertEquals(7, heldBack.sum());
    assertEquals(
        List.of("flood 0", "flood 1", "flood 2", "7 lines like this of a were held back: flood {}"),
        target.lines);
  }

  @Test
  void takesNothingAfterItsEnd() {
    QueuedAppender appender = appender(3);
    target.goOn.countDown();
    appender.stop();
    appender.stop();
    context.getLogger("a").warn("late");

    assertTrue(target.lines.isEmpty());
  }

  private QueuedAppender appender(int linesPerSecond) {
    QueuedAppender appender =
        new QueuedAppender(
            CAPACITY,
            target,
            new FloodLimit(now::get, linesPerSecond),
            heldBack,
            dropped,
            context.getLogger("own"));
    appender.setContext(context);
    appender.start();
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
    return appender;
  }

  /** A disk that does not keep up. */
  private static final class Slow extends AppenderBase<ILoggingEvent> {

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    protected void append(ILoggingEvent event) {
      begun.countDown();
      try {
        goOn.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      lines.add(event.getFormattedMessage());
    }
  }
}
