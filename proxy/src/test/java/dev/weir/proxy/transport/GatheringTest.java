package dev.weir.proxy.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.proxy.ManualTicker;
import io.netty.channel.SelectStrategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GatheringTest {

  private static final int READY = 7;

  private final ManualTicker ticker = new ManualTicker();
  private final List<Long> slept = new ArrayList<>();
  private final Gathering gathering =
      new Gathering(
          ticker,
          nanos -> {
            slept.add(nanos);
            ticker.advance(Duration.ofNanos(nanos));
          });
  private final SelectStrategy pace = gathering.newSelectStrategy();

  private int next(boolean hasTasks) throws Exception {
    return pace.calculateStrategy(() -> READY, hasTasks);
  }

  @Test
  void waitsForTheNextEventWhileNothingIsRefused() throws Exception {
    assertEquals(SelectStrategy.SELECT, next(false));
    assertEquals(READY, next(true));
    assertEquals(List.of(), slept);
  }

  @Test
  void looksOncePerPauseWhileCallsAreRefused() throws Exception {
    gathering.refused();
    assertEquals(READY, next(false));
    ticker.advance(Duration.ofNanos(300_000));
    assertEquals(READY, next(false));
    assertEquals(List.of(Gathering.PAUSE_NANOS, Gathering.PAUSE_NANOS - 300_000), slept);
  }

  @Test
  void doesNotSleepWhenThePauseIsOverAlready() throws Exception {
    gathering.refused();
    ticker.advance(Duration.ofNanos(Gathering.PAUSE_NANOS));
    assertEquals(READY, next(false));
    assertEquals(List.of(), slept);
  }

  @Test
  void answersThatAreReadyDoNotWaitForTheSockets() throws Exception {
    gathering.refused();
    assertEquals(SelectStrategy.CONTINUE, next(true));
    assertEquals(List.of(), slept);
    ticker.advance(Duration.ofNanos(Gathering.PAUSE_NANOS));
    assertEquals(READY, next(true));
  }

  @Test
  void waitsForEventsAgainSoonAfterTheLastRefusal() throws Exception {
    gathering.refused();
    ticker.advance(Duration.ofNanos(Gathering.LATELY_NANOS));
    assertEquals(SelectStrategy.SELECT, next(false));
    assertEquals(List.of(), slept);
  }

  @Test
  void aRefusalOnOneLoopPacesAllOfThem() throws Exception {
    SelectStrategy other = gathering.newSelectStrategy();
    gathering.refused();
    assertEquals(READY, next(false));
    assertEquals(READY, other.calculateStrategy(() -> READY, true));
  }
}
