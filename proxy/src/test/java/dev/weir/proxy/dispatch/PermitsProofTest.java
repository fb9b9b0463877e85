package dev.weir.proxy.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.Together;
import dev.weir.proxy.dispatch.Permits.Share;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.Lincheck;
import org.jetbrains.lincheck.datastructures.BooleanGen;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/** Permits are counted right whatever threads take and return them in whatever order. */
final class PermitsProofTest {

  private static final int LIMIT = 2;
  private static final Share[] SHARES = Share.values();

  /** What Lincheck calls from several threads; each result must be that of some order of calls. */
  @Param(name = "share", gen = IntGen.class, conf = "0:3")
  public static final class Calls {

    private final Permits permits = new Permits(() -> LIMIT, () -> 0.4);

    @Operation
    public boolean take(
        @Param(name = "share") int share, @Param(gen = BooleanGen.class) boolean smallWaits) {
      return permits.tryTake(SHARES[share], smallWaits);
    }

    @Operation
    public boolean available(
        @Param(name = "share") int share, @Param(gen = BooleanGen.class) boolean smallWaits) {
      return permits.available(SHARES[share], smallWaits);
    }

    @Operation
    public void giveBack(@Param(name = "share") int share) {
      permits.giveBack(SHARES[share]);
    }

    @Operation
    public int running() {
      return permits.running();
    }
  }

  @Test
  void everyStepIsAtomicInEveryInterleaving() {
    new ModelCheckingOptions()
        .iterations(5)
        .invocationsPerIteration(100)
        .threads(3)
        .actorsPerThread(2)
        .actorsBefore(2)
        .check(Calls.class);
  }

  @Test
  void noMoreRunThanTheBoundsAllowOnRealThreads() {
    Permits permits = new Permits(() -> LIMIT, () -> 0.4);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Runnable caller =
        () -> {
          for (int i = 0; i < 50_000; i++) {
            Share share = SHARES[i % SHARES.length];
            if (permits.tryTake(share, i % 8 < 4)) {
              most.accumulateAndGet(inside.incrementAndGet(), Math::max);
              inside.decrementAndGet();
              permits.giveBack(share);
            }
          }
        };
    Together.run(caller, caller, caller, caller, caller, caller);
    assertTrue(most.get() <= 2 * LIMIT, "most: " + most);
    assertEquals(0, permits.running());
  }

  @Test
  void noMoreRunThanTheBoundsAllowInAnyInterleaving() {
    Lincheck.runConcurrentTest(100, () -> race(1, Share.SMALL, Share.SMALL, Share.SMALL));
    Lincheck.runConcurrentTest(100, () -> race(2, Share.SMALL, Share.LARGE, Share.CRITICAL));
  }

  /** On one processor. */
  private static void race(int most, Share... wanted) {
    Permits permits = new Permits(() -> 1, () -> 0.4);
    AtomicInteger inside = new AtomicInteger();
    Runnable[] callers = new Runnable[wanted.length];
    for (int i = 0; i < callers.length; i++) {
      Share share = wanted[i];
      callers[i] =
          () -> {
            if (permits.tryTake(share, true)) {
              assertTrue(inside.incrementAndGet() <= most);
              inside.decrementAndGet();
              permits.giveBack(share);
            }
          };
    }
    Together.run(callers);
    assertEquals(0, permits.running());
  }
}
