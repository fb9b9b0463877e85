package dev.weir.proxy.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.ManualTicker;
import dev.weir.proxy.path.FaultSwitch.Illegal;
import dev.weir.routing.Coordinate;
import dev.weir.routing.Rendered;
import dev.weir.routing.RouteOutcome;
import dev.weir.routing.RouteQuery;
import dev.weir.routing.StopSignal;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FaultsTest {

  private static final RouteQuery QUERY = new RouteQuery.Nearest(new Coordinate(1, 2), false);
  private static final RouteOutcome FOUND =
      new RouteOutcome.Found(new Rendered(Rendered.Media.JSON, new byte[0], 1), 1);

  private final ManualTicker ticker = new ManualTicker();
  private final Faults faults = new Faults(ticker, this::sleep, 1L << 30);

  /** Time passes only while somebody sleeps. */
  private void sleep(long nanos) {
    ticker.advance(Duration.ofNanos(nanos));
  }

  @AfterEach
  void end() {
    faults.close();
  }

  private RouteOutcome compute(Duration takes, StopSignal stop) {
    return faults
        .around(
            new FakeEngine(
                () -> {
                  ticker.advance(takes);
                  return FOUND;
                }))
        .compute(QUERY, stop);
  }

  private Duration timeOf(Runnable deed) {
    long startedNanos = ticker.nanos();
    deed.run();
    return Duration.ofNanos(ticker.nanos() - startedNanos);
  }

  private Duration computing(Duration takes) {
    return timeOf(() -> assertEquals(FOUND, compute(takes, StopSignal.NEVER)));
  }

  @Test
  void nothingHappensUnlessAsked() {
    assertEquals(Duration.ofMillis(7), computing(Duration.ofMillis(7)));
    assertEquals(8, faults.lines().size());
    assertTrue(faults.lines().stream().allMatch(line -> line.contains(": off (")));
  }

  @Test
  void aSearchTakesSoManyTimesAsLong() throws Illegal {
    faults.start("engine-latency", Map.of("factor", "10"));
    assertEquals(Duration.ofMillis(70), computing(Duration.ofMillis(7)));
    faults.stop("engine-latency");
    assertEquals(Duration.ofMillis(7), computing(Duration.ofMillis(7)));
  }

  @Test
  void aHeavyTailIsTheSameForTheSameSeed() throws Illegal {
    Map<String, String> tail = Map.of("shape", "pareto", "millis", "5", "seed", "42");
    faults.start("engine-latency", tail);
    List<Duration> once = List.of(computing(Duration.ZERO), computing(Duration.ZERO));
    faults.start("engine-latency", tail);
    List<Duration> again = List.of(computing(Duration.ZERO), computing(Duration.ZERO));
    assertEquals(once, again);
    assertTrue(once.stream().allMatch(each -> each.toMillis() >= 4), once::toString);
  }

  @Test
  void aDelayedSearchStillStopsWhenToldTo() throws Illegal {
    faults.start("engine-latency", Map.of("millis", "5000"));
    long startNanos = ticker.nanos();
    StopSignal afterAWhile =
        new StopSignal() {
          @Override
          public @Nullable Cause cause() {
            return ticker.nanos() - startNanos > 20_000_000 ? Cause.DEADLINE_PASSED : null;
          }

          @Override
          public long remainingNanos() {
            return 0;
          }
        };
    Duration took =
        timeOf(
            () ->
                assertInstanceOf(RouteOutcome.TooLate.class, compute(Duration.ZERO, afterAWhile)));
    assertTrue(took.toMillis() < 30, took::toString);
  }

  @Test
  void onlySearchesOfTheProfileAreBefallen() throws Illegal {
    faults.start("engine-errors", Map.of("profile", "bike"));
    assertEquals(FOUND, compute(Duration.ZERO, StopSignal.NEVER));
    faults.start("engine-errors", Map.of());
    assertThrows(IllegalStateException.class, () -> compute(Duration.ZERO, StopSignal.NEVER));
  }

  @Test
  void aPartOfTheSearchesFails() throws Illegal {
    faults.start("engine-errors", Map.of("part", "0.3", "seed", "7"));
    int failed = 0;
    for (int i = 0; i < 1_000; i++) {
      try {
        compute(Duration.ZERO, StopSignal.NEVER);
      } catch (IllegalStateException e) {
        failed++;
      }
    }
    assertTrue(failed > 250 && failed < 350, "failed " + failed);
  }

  @Test
  void theNextSearchHangsUntilTheFaultIsOverAndTheOneAfterItDoesNot() throws Exception {
    Faults real = new Faults(System::nanoTime, _ -> Thread.onSpinWait(), 1L << 30);
    real.start("engine-hang", Map.of("next", "1"));
    AtomicInteger ended = new AtomicInteger();
    CountDownLatch over = new CountDownLatch(1);
    Thread hung =
        Thread.ofPlatform()
            .start(
                () -> {
                  real.around(new FakeEngine(() -> FOUND)).compute(QUERY, StopSignal.NEVER);
                  ended.incrementAndGet();
                  over.countDown();
                });
    while (!real.lines().toString().contains("1 hang, 0 more will")) {
      Thread.onSpinWait();
    }
    real.around(new FakeEngine(() -> FOUND)).compute(QUERY, StopSignal.NEVER);
    assertEquals(0, ended.get());
    real.stop("engine-hang");
    assertTrue(over.await(30, TimeUnit.SECONDS));
    hung.join();
    real.close();
  }

  @Test
  void theClockJumpsAheadAndNeverBack() throws Illegal {
    long rightNanos = ticker.nanos();
    faults.start("clock-jump", Map.of("millis", "5000"));
    assertEquals(5_000_000_000L, faults.clock().nanos() - rightNanos);
    faults.stop("clock-jump");
    assertEquals(5_000_000_000L, faults.clock().nanos() - rightNanos);
    faults.start("clock-jump", Map.of("millis", "1000"));
    assertEquals(6_000_000_000L, faults.clock().nanos() - rightNanos);
  }

  @Test
  void nothingCanBeWrittenToAFullDisk() throws Exception {
    faults.write();
    faults.start("disk-full", Map.of());
    assertThrows(IOException.class, faults::write);
    faults.stop("disk-full");
    faults.write();
  }

  @Test
  void everyLoopStandsStill() throws Illegal {
    faults.loops(Runnable::run);
    Duration took =
        timeOf(
            () -> {
              try {
                faults.start("stall", Map.of("millis", "300", "what", "all"));
              } catch (Illegal e) {
                throw new AssertionError(e);
              }
            });
    assertEquals(Duration.ofMillis(300), took);
  }

  @Test
  void threadsBurnAndMemoryIsHeldUntilItIsOver() throws Illegal {
    assertEquals("cpu-theft: 2 threads burn", faults.start("cpu-theft", Map.of("threads", "2")));
    assertEquals(
        "heap-pressure: 3 MiB held", faults.start("heap-pressure", Map.of("mebibytes", "3")));
    faults.close();
    assertTrue(faults.lines().stream().allMatch(line -> line.contains(": off (")));
  }

  @Test
  void endsByItself() throws Exception {
    faults.start("disk-full", Map.of("for", "0.01"));
    while (faults.lines().toString().contains("writes fail")) {
      Thread.onSpinWait();
    }
    faults.write();
  }

  @ParameterizedTest
  @CsvSource({
    "no-such,a,b,no such fault; there are ",
    "engine-latency,factor,0,factor must be a number from 1 to 10000",
    "engine-latency,factor,NaN,factor must be a number",
    "engine-latency,shape,square,'shape must be one of constant, pareto, log-normal'",
    "engine-latency,how,wait,set millis above 0",
    "engine-errors,colour,red,'no such setting; there are part, profile, seed'",
    "engine-hang,next,1.5,next must be a whole number",
    "cpu-theft,threads,257,threads must be a number from 1 to 256",
    "disk-full,for,x,for must be a number",
  })
  void saysInOneLineWhatIsWrongWithAWish(String fault, String name, String value, String words) {
    Illegal illegal = assertThrows(Illegal.class, () -> faults.start(fault, Map.of(name, value)));
    String said = String.valueOf(illegal.getMessage());
    assertTrue(said.startsWith(words), said);
    assertEquals(1, said.lines().count());
    assertTrue(faults.lines().stream().allMatch(line -> line.contains(": off (")));
  }
}
