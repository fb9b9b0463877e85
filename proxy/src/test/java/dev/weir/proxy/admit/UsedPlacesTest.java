package dev.weir.proxy.admit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

final class UsedPlacesTest {

  private static List<Integer> places(UsedPlaces used, int from, int until) {
    List<Integer> places = new ArrayList<>();
    for (int place = used.next(from); place < until; place = used.next(place + 1)) {
      places.add(place);
    }
    return places;
  }

  @Test
  void visitsThePlacesOfAStretchInTheirOrder() {
    UsedPlaces used = new UsedPlaces(256);
    for (int place : new int[] {200, 63, 64, 3, 64, 255}) {
      used.add(place);
    }
    assertEquals(List.of(3, 63, 64, 200, 255), places(used, 0, 256));
    assertEquals(List.of(64), places(used, 64, 128));
    assertEquals(List.of(64, 200), places(used, 64, 255));
    assertEquals(256, used.next(256));
    used.remove(64, place -> false);
    used.remove(63, place -> true);
    assertEquals(List.of(3, 63, 200, 255), places(used, 0, 256));
  }

  /** Somebody writes to a place in the moment in which it is taken out. */
  public static final class Forgotten {
    private static final int PLACE = 7;
    private final UsedPlaces used = new UsedPlaces(64);
    private final AtomicLong value = new AtomicLong();

    public Forgotten() {
      used.add(PLACE);
    }

    @Operation(runOnce = true)
    public void write() {
      value.incrementAndGet();
      used.add(PLACE);
    }

    @Operation(runOnce = true)
    public void writeElsewhere() {
      used.add(PLACE + 1);
    }

    @Operation(runOnce = true)
    public void remove() {
      if (value.get() == 0) {
        used.remove(PLACE, place -> value.get() > 0);
      }
    }

    @Validate
    public void isNot() {
      assertEquals(List.of(PLACE, PLACE + 1), places(used, 0, 64));
    }
  }

  @Test
  void aPlaceThatIsWrittenToWhileItIsTakenOutStays() {
    Scenes.check(Forgotten.class, 3);
  }
}
