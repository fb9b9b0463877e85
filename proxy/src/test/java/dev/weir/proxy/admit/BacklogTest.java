package dev.weir.proxy.admit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.proxy.Together;
import org.junit.jupiter.api.Test;

final class BacklogTest {

  private final Backlog backlog = new Backlog();

  @Test
  void sumsWhatWaitsByTierAndSize() {
    backlog.add(0, 5, 10);
    backlog.add(1, 5, 100);
    backlog.add(1, 7, 1_000);
    assertEquals(1_110, backlog.nanos());
    assertEquals(1_100, backlog.of(1));
    assertEquals(100, backlog.between(1, 0, 6));
    assertEquals(1_000, backlog.between(1, 6, 7));
  }

  @Test
  void onlyHigherTiersAreAbove() {
    backlog.add(0, 5, 10);
    backlog.add(1, 5, 100);
    backlog.add(2, 5, 1_000);
    assertEquals(0, backlog.above(0));
    assertEquals(110, backlog.above(2));
  }

  @Test
  void losesNothingBetweenThreads() {
    Runnable inAndOut =
        () -> {
          for (int i = 0; i < 10_000; i++) {
            backlog.add(i % 4, i % Sizes.COUNT, i);
            backlog.add(i % 4, i % Sizes.COUNT, -i);
          }
        };
    Together.run(inAndOut, inAndOut, () -> backlog.add(3, 0, 7));
    assertEquals(7, backlog.nanos());
    assertEquals(7, backlog.between(3, 0, 0));
  }
}
