package dev.weir.benchmarks.riders;

import com.google.errorprone.annotations.FormatMethod;
import java.io.Console;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** What people see while it runs. Used by one thread. */
public final class Terminal {
  private static final String ERASED = "\r\033[K";

  private final PrintWriter out;
  private final boolean rewrites;

  /**
   * @param rewrites whether the line of a second takes the place of that before
   */
  Terminal(PrintWriter out, boolean rewrites) {
    this.out = out;
    this.rewrites = rewrites;
  }

  /** On standard output. */
  public static Terminal standard() {
    boolean interactive =
        Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    return new Terminal(new PrintWriter(System.out, true, StandardCharsets.UTF_8), interactive);
  }

  /** A line that stays. */
  @FormatMethod
  public void say(String format, Object... arguments) {
    out.println((rewrites ? ERASED : "") + String.format(Locale.ROOT, format, arguments));
    out.flush();
  }

  /** A second that is over. */
  void live(Moment moment) {
    Moment.Counted counted = moment.counted();
    live(
        String.format(
            Locale.ROOT,
            "%4.0f s  offered %7.0f/s  good %6.0f/s  shed %7.0f/s  late %5.0f/s  other %5.0f/s"
                + "  p50 %6.1f  p99 %6.1f ms",
            moment.atSeconds(),
            moment.perSecond(counted.offered()),
            moment.perSecond(counted.good().recorded()),
            moment.perSecond(counted.shed().recorded()),
            moment.perSecond(counted.late()),
            moment.perSecond(counted.other()),
            counted.good().p50Millis(),
            counted.good().p99Millis()));
  }

  /** The same in words; takes the place of the one before, on a terminal. */
  public void live(String line) {
    if (rewrites) {
      out.print(ERASED + line);
    } else {
      out.println(line);
    }
    out.flush();
  }
}
