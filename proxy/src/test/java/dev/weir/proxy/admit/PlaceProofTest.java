package dev.weir.proxy.admit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.weir.proxy.Profiles;
import dev.weir.proxy.Together;
import dev.weir.proxy.config.GateSettings;
import dev.weir.proxy.path.Gate.Ending;
import dev.weir.proxy.path.GateObserver;
import dev.weir.proxy.path.Place;
import dev.weir.proxy.path.Profile;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/** Whatever threads start and settle calls, every place and all work comes back exactly once. */
final class PlaceProofTest {

  private static final long NOW = Long.MAX_VALUE - 1_000;
  private static final Profile ROUTE = Profiles.ROUTE.at(NOW);
  private static final GateSettings SETTINGS = GateSettings.standard();
  private static final GateSettings TWO_PLACES = SETTINGS.with(gate -> gate.maxQueue = 2);

  private static CostGate gate(GateSettings settings) {
    return new CostGate(() -> settings, 1, 4, GateObserver.DEAF, () -> NOW);
  }

  private static Place admitted(CostGate gate) {
    Place place = new Place(ROUTE);
    assertNull(gate.admit(place));
    return place;
  }

  private static void assertEmpty(CostGate gate) {
    assertEquals(0, gate.inHouse());
    assertEquals(0, gate.running());
    assertEquals(0, gate.workAheadNanos());
  }

  /** A call is started while two others end it. */
  public static final class Ends {
    private final CostGate gate = gate(SETTINGS);
    private final Place place = admitted(gate);

    @Operation(runOnce = true)
    public void start() {
      gate.started(place);
    }

    @Operation(runOnce = true)
    public void settle() {
      gate.settle(place, Ending.SERVED);
    }

    @Operation(runOnce = true)
    public void settleAgain() {
      gate.settle(place, Ending.DROPPED);
    }

    @Validate
    public void nothingIsLeft() {
      assertEmpty(gate);
    }
  }

  @Test
  void aCallThatIsSettledFromSeveralThreadsWhileItStartsLeavesOnce() {
    Scenes.check(Ends.class, 3);
  }

  /** Two workers start the same call and one of them ends it. */
  public static final class Starts {
    private final CostGate gate = gate(SETTINGS);
    private final Place place = admitted(gate);

    @Operation(runOnce = true)
    public void start() {
      gate.started(place);
      gate.settle(place, Ending.SERVED);
    }

    @Operation(runOnce = true)
    public void startAgain() {
      gate.started(place);
    }

    @Operation(runOnce = true)
    public void look() {
      gate.waitNanos(ROUTE);
      gate.workAheadNanos();
    }

    @Validate
    public void nothingIsLeft() {
      assertEmpty(gate);
    }
  }

  @Test
  void onlyTheFirstStartCounts() {
    Scenes.check(Starts.class, 3);
  }

  /** Three callers want the one place that is left. */
  public static final class LastPlace {
    private final CostGate gate = gate(TWO_PLACES);
    private final AtomicInteger admitted = new AtomicInteger();

    private void admit() {
      admitted.addAndGet(gate.admit(new Place(ROUTE)) == null ? 1 : 0);
    }

    @Operation(runOnce = true)
    public void one() {
      admit();
    }

    @Operation(runOnce = true)
    public void another() {
      admit();
    }

    @Operation(runOnce = true)
    public void third() {
      admit();
    }

    @Validate
    public void oneGotIt() {
      assertEquals(1, admitted.get());
      assertEquals(1, gate.inHouse());
    }
  }

  @Test
  void theLastPlaceIsGivenToOne() {
    Scenes.check(LastPlace.class, 3);
  }

  @Test
  void allComesBackOnRealThreads() {
    CostGate gate = gate(SETTINGS);
    Runnable caller =
        () -> {
          for (int i = 0; i < 5_000; i++) {
            Place place = new Place(ROUTE);
            if (gate.admit(place) == null) {
              if (i % 3 > 0) {
                gate.started(place);
              }
              gate.settle(place, i % 3 == 1 ? Ending.SERVED : Ending.IGNORED);
              gate.settle(place, Ending.DROPPED);
            }
          }
        };
    Runnable ticks =
        () -> {
          for (int i = 0; i < 100; i++) {
            gate.tick();
          }
        };
    Together.run(caller, caller, caller, ticks);
    assertEmpty(gate);
  }
}
