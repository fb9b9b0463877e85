package dev.weir.benchmarks.riders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.benchmarks.load.Generator;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ClaimTest {

  private static final int TURNS = 1_000;

  @Test
  void nothingIsClaimedOnceTheGeneratorLagsOrIsBusy() {
    assertTrue(new Claim(10, 0.9).holds());
    assertFalse(new Claim(10.1, 0.1).holds());
    assertFalse(new Claim(0.1, 0.91).holds());
  }

  @Test
  void theSentenceSaysWhy() {
    assertEquals(
        "not claimed: the generator was the bottleneck; the generator sent 12.50 ms late at p99 and"
            + " was busy 40 % of the time",
        new Claim(12.5, 0.4).sentence());
    assertFalse(new Claim(1, 0.4).sentence().contains("not claimed"));
  }

  @Test
  void askingSocketsInVainIsNoWorkAndATaskIs() throws Exception {
    long begin = System.nanoTime();
    try (Generator generator = new Generator()) {
      long before = work(generator);
      CompletableFuture<Void> spun = new CompletableFuture<>();
      generator.execute(
          () -> {
            long start = System.nanoTime();
            while (System.nanoTime() - start < TimeUnit.MILLISECONDS.toNanos(100)) {
              Thread.onSpinWait();
            }
            spun.complete(null);
          });
      spun.get(30, TimeUnit.SECONDS);
      long least = TimeUnit.MILLISECONDS.toNanos(100);
      long worked = work(generator) - before;
      for (int i = 0; i < TURNS && worked < least; i++) {
        worked = work(generator) - before; // the turn of the task may not be over yet
      }
      assertTrue(worked >= least, "" + worked);
      assertTrue(worked <= System.nanoTime() - begin, "" + worked);
    }
  }

  private static long work(Generator generator) throws Exception {
    return CompletableFuture.supplyAsync(generator::workNanos, generator.loop())
        .get(Duration.ofSeconds(30).toSeconds(), TimeUnit.SECONDS);
  }
}
