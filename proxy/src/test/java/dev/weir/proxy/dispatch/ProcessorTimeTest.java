package dev.weir.proxy.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.path.WorkClock;
import dev.weir.proxy.path.WorkClock.Stint;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class ProcessorTimeTest {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final long BURNT_NANOS = 5_000_000;

  private final WorkClock clock = ProcessorTime.orElsePassing(System::nanoTime);

  @Test
  void thisSystemTellsIt() {
    assertInstanceOf(ProcessorTime.class, clock);
  }

  @Test
  void isWhatJavaSaysOfAPlatformThread() {
    long outerNanos = THREADS.getCurrentThreadCpuTime();
    Stint stint = clock.begin();
    long innerNanos = THREADS.getCurrentThreadCpuTime();
    long usedNanos = innerNanos;
    while (usedNanos - innerNanos < BURNT_NANOS) {
      usedNanos = THREADS.getCurrentThreadCpuTime();
    }
    long workedNanos = stint.workedNanos();
    assertTrue(workedNanos >= usedNanos - innerNanos);
    assertTrue(workedNanos <= THREADS.getCurrentThreadCpuTime() - outerNanos);
  }

  @Test
  void anotherThreadThanTheOneThatBeganCannotTell() {
    Stint stint = clock.begin();
    assertEquals(-1, CompletableFuture.supplyAsync(stint::workedNanos).join());
  }
}
