package dev.weir.proxy.dispatch;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.weir.proxy.path.Ticker;
import dev.weir.proxy.path.WorkClock;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Locale;

/**
 * Processor time of the thread that carries the current virtual thread, by {@code clock_gettime} of
 * POSIX: Java tells it of platform threads only. A virtual thread that waited meanwhile may be on
 * another carrier, whose clock is another one; of such a stint nobody can tell.
 */
public final class ProcessorTime implements WorkClock {

  /** {@code CLOCK_THREAD_CPUTIME_ID}. */
  private static final int LINUX = 3;

  private static final int MAC = 16;

  private static final long SECOND = 1_000_000_000;

  private final int clock;
  private final MethodHandle read;
  private final MethodHandle self;

  private ProcessorTime(int clock, MethodHandle read, MethodHandle self) {
    this.clock = clock;
    this.read = read;
    this.self = self;
  }

  /**
   * That of this system, else the time that passes.
   *
   * @param ticker for the time that passes
   */
  @SuppressWarnings("restricted") // the launcher enables native access
  public static WorkClock orElsePassing(Ticker ticker) {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    boolean linux = system.contains("linux");
    if (ADDRESS.byteSize() != Long.BYTES || !(linux || system.contains("mac"))) {
      return WorkClock.passing(ticker);
    }
    Linker linker = Linker.nativeLinker();
    SymbolLookup library = linker.defaultLookup();
    var read = library.find("clock_gettime");
    var self = library.find("pthread_self");
    if (read.isEmpty() || self.isEmpty()) {
      return WorkClock.passing(ticker);
    }
    return new ProcessorTime(
        linux ? LINUX : MAC,
        linker.downcallHandle(
            read.get(),
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS),
            Linker.Option.critical(true)),
        linker.downcallHandle(
            self.get(), FunctionDescriptor.of(JAVA_LONG), Linker.Option.critical(false)));
  }

  @Override
  public Stint begin() {
    long carrier = carrier();
    long usedNanos = usedNanos();
    return () -> {
      long workedNanos = usedNanos() - usedNanos;
      return carrier() == carrier ? workedNanos : -1;
    };
  }

  /** The system's name for the thread. */
  private long carrier() {
    try {
      return (long) self.invokeExact();
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }

  private long usedNanos() {
    long[] timespec = new long[2];
    try {
      int failed = (int) read.invokeExact(clock, MemorySegment.ofArray(timespec));
      if (failed != 0) {
        throw new IllegalStateException("clock_gettime failed");
      }
    } catch (RuntimeException failure) {
      throw failure;
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
    return timespec[0] * SECOND + timespec[1];
  }
}
