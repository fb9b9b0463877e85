package dev.weir.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class LoopProbeTest {

  private static final int LOOPS = 2;

  private final ManualTicker ticker = new ManualTicker();
  private final List<Runnable> tasks = new ArrayList<>();
  private final List<Duration> lags = new ArrayList<>();
  private final LoopProbe probe =
      new LoopProbe(this::onEach, nanos -> lags.add(Duration.ofNanos(nanos)), ticker);

  private int onEach(Runnable task) {
    for (int i = 0; i < LOOPS; i++) {
      tasks.add(task);
    }
    return LOOPS;
  }

  private void after(long millis, Runnable what) {
    ticker.advance(Duration.ofMillis(millis));
    what.run();
  }

  private static List<Duration> millis(long... millis) {
    return LongStream.of(millis).mapToObj(Duration::ofMillis).toList();
  }

  @Test
  void tellsHowLateEachThreadCame() {
    probe.send();
    after(3, tasks.removeFirst());
    after(4, tasks.removeFirst());
    after(993, probe::send);
    after(1, tasks.removeFirst());

    assertEquals(millis(3, 7, 1), lags);
  }

  @Test
  void aThreadThatStandsStillShowsBeforeItGoesOn() {
    probe.send();
    tasks.removeFirst().run();
    after(1_000, probe::send);
    after(1_000, probe::send);
    assertEquals(millis(0, 1_000, 2_000), lags);
    assertEquals(1, tasks.size(), "it was given more to do");

    after(500, tasks.removeFirst());
    after(500, probe::send);

    assertEquals(millis(0, 1_000, 2_000, 2_500), lags);
    assertEquals(LOOPS, tasks.size());
  }

  @Test
  void aTaskMayBeDoneBeforeItIsKnownHowManyThereAre() {
    LoopProbe atOnce =
        new LoopProbe(
            task -> {
              task.run();
              return 1;
            },
            nanos -> lags.add(Duration.ofNanos(nanos)),
            ticker);
    atOnce.send();
    after(1_000, atOnce::send);

    assertEquals(millis(0, 0), lags);
  }
}
