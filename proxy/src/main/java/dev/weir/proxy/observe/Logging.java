package dev.weir.proxy.observe;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import dev.weir.proxy.config.LogSettings;
import dev.weir.proxy.path.Ticker;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * The log of the process: lines on standard output, written by a thread of its own. There is one
 * process and so one log; starting it again replaces the former.
 */
public final class Logging implements AutoCloseable {

  /** A burst of a few thousand lines is kept; a line takes a few hundred bytes. */
  private static final int QUEUED_LINES = 4_096;

  /** Enough to recognise a fault, few enough to read. */
  private static final int LINES_PER_SECOND_AND_KIND = 5;

  /**
   * Callers may have a say in messages and in those of exceptions: line breaks are taken out of the
   * former, and the lines of the latter indented, so that nobody can forge a line.
   */
  private static final String TEXT =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX, UTC} %-5level %logger{0}: "
          + "%replace(%msg %kvp){'\\p{Cntrl}', '?'}%n"
          + "%replace(%replace(%ex){'[\\p{Cntrl}&&[^\n\t]]', '?'}){'(?m)^(?=.)', '    '}%nopex";

  private final LoggerContext context;
  private final Ticker ticker;

  private Logging(LoggerContext context, Ticker ticker) {
    this.context = context;
    this.ticker = ticker;
  }

  /** Sets up logging from here on. */
  public static Logging start(LogSettings settings, Ticker ticker) {
    Logging logging = new Logging((LoggerContext) LoggerFactory.getILoggerFactory(), ticker);
    logging.use(settings);
    // gRPC logs by java.util.logging, which would write at once, on the thread of a connection.
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    return logging;
  }

  /** Writes what is queued, and goes on by other settings. */
  public synchronized void use(LogSettings settings) {
    context.reset();
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(context);
    console.setEncoder(encoder(settings.format(), context));
    console.start();

    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.INFO);
    root.addAppender(queued("lines", console, ticker, LINES_PER_SECOND_AND_KIND, context));
    context.getLogger("com.graphhopper").setLevel(Level.WARN);
    context.getLogger("io.netty").setLevel(Level.WARN);
    // It warns of each malformed call, with a trace; whoever made it was answered.
    context.getLogger("io.grpc").setLevel(Level.ERROR);

    // It says every time what is said once under tracing.
    context.getLogger("io.opentelemetry").setLevel(Level.OFF);
    settings
        .levels()
        .forEach(each -> context.getLogger(each.logger()).setLevel(LogLevels.of(each.level())));

    context.getLogger(DecisionLog.NAME).setLevel(settings.decisions() ? Level.INFO : Level.OFF);
    Logger access = context.getLogger(AccessLog.NAME);
    access.setLevel(settings.access() ? Level.INFO : Level.OFF);
    access.setAdditive(false);
    if (settings.access()) {
      // A queue of its own: a flood of answers does not crowd out what matters.
      TurnedAwayLimit limit =
          new TurnedAwayLimit(new FloodLimit(ticker, settings.refusalsPerSecond()));
      limit.setContext(context);
      limit.start();
      context.addTurboFilter(limit);
      access.addAppender(queued("access", console, ticker, Integer.MAX_VALUE, context));
    }
    context.start();
  }

  private static QueuedAppender queued(
      String name,
      ConsoleAppender<ILoggingEvent> console,
      Ticker ticker,
      int linesPerSecond,
      LoggerContext context) {
    QueuedAppender appender =
        new QueuedAppender(
            QUEUED_LINES,
            console,
            new FloodLimit(ticker, linesPerSecond),
            LogLosses.FLOOD,
            LogLosses.QUEUE_FULL,
            context.getLogger("dev.weir.log"));
    appender.setName(name);
    appender.setContext(context);
    appender.start();
    return appender;
  }

  static Encoder<ILoggingEvent> encoder(LogSettings.Format format, LoggerContext context) {
    Encoder<ILoggingEvent> encoder =
        switch (format) {
          case TEXT -> {
            PatternLayoutEncoder text = new PatternLayoutEncoder();
            text.setPattern(TEXT);
            yield text;
          }
          case JSON -> new JsonLines();
        };
    encoder.setContext(context);
    encoder.start();
    return encoder;
  }

  /** Writes what is queued; what is logged later is lost. */
  @Override
  public void close() {
    context.stop();
  }
}
