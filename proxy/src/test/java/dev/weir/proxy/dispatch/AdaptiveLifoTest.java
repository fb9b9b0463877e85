package dev.weir.proxy.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.weir.proxy.ManualTicker;
import dev.weir.proxy.Profiles;
import dev.weir.proxy.config.GateSettings.Order;
import dev.weir.proxy.dispatch.RankedQueue.Shed;
import dev.weir.proxy.dispatch.RankedQueue.Started;
import dev.weir.proxy.path.Dispatcher.Task;
import dev.weir.proxy.path.Outlook;
import dev.weir.proxy.path.Priority;
import dev.weir.proxy.path.Profile;
import dev.weir.proxy.path.Refusal.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class AdaptiveLifoTest {

  private static final Profiles ROUTE = Profiles.ROUTE;

  private final ManualTicker ticker = new ManualTicker();
  private Order order = Order.CODEL_LIFO;
  private final RankedQueue queue =
      new RankedQueue(() -> 1, () -> 0.4, () -> order, new Sizes(), ticker);
  private final List<Shed> shed = new ArrayList<>();
  private final Started running = Objects.requireNonNull(queue.offer(call(ROUTE)));

  /** Expects all calls to be too late, and those of 10 ms to be large. */
  private static final class Sizes implements Outlook {
    @Override
    public long waitNanos(Profile profile) {
      return Duration.ofDays(1).toNanos();
    }

    @Override
    public boolean surplus(Profile profile) {
      return true;
    }

    @Override
    public boolean large(Profile profile) {
      return runNanos(profile) >= Duration.ofMillis(10).toNanos();
    }

    @Override
    public long runNanos(Profile profile) {
      return profile.estimate().meanNanos();
    }
  }

  private Counted call(Profiles profiles) {
    return new Counted(profiles.at(ticker.nanos()));
  }

  private Counted offer(Profiles profiles) {
    Counted call = call(profiles);
    assertNull(queue.offer(call));
    return call;
  }

  private void pass(int millis) {
    ticker.advance(Duration.ofMillis(millis));
  }

  /** Ends one running call after the other and tells in which order the rest was started. */
  private List<Task> drain() {
    List<Task> started = new ArrayList<>();
    Started last = running;
    while (last != null) {
      queue.finished(last);
      last = queue.next(shed);
      if (last != null) {
        started.add(last.task());
      }
    }
    return started;
  }

  private void assertShed(Reason reason, Task... calls) {
    assertEquals(List.of(calls), shed.stream().map(Shed::task).toList());
    shed.forEach(one -> assertEquals(reason, one.reason()));
  }

  @Test
  void oldestFirstWhileTheQueueHasLatelyBeenEmpty() {
    Counted first = offer(ROUTE);
    Counted second = offer(ROUTE);
    pass(99);
    Counted third = offer(ROUTE);
    assertEquals(List.of(first, second, third), drain());
  }

  @Test
  void newestFirstOnceTheQueueStands() {
    Counted bottom = offer(ROUTE);
    pass(60);
    Counted older = offer(ROUTE);
    pass(1);
    Counted newer = offer(ROUTE);
    pass(40);
    Counted newest = offer(ROUTE);
    assertEquals(List.of(newest, newer, older), drain());
    assertShed(Reason.QUEUE_FULL, bottom);
  }

  @Test
  void whoComesToAStandingQueueMayWaitForFiveMilliseconds() {
    offer(ROUTE);
    pass(60);
    Counted patient = offer(ROUTE);
    pass(41);
    queue.sweep();
    Counted hasty = offer(ROUTE);
    pass(4);
    assertEquals(List.of(), queue.sweep());
    pass(1);
    shed.addAll(queue.sweep());
    assertShed(Reason.QUEUE_FULL, hasty);
    assertEquals(List.of(patient), drain());
  }

  @Test
  void anEmptyQueueStandsNoMore() {
    offer(ROUTE);
    pass(200);
    assertEquals(1, queue.sweep().size());
    Counted first = offer(ROUTE);
    Counted second = offer(ROUTE);
    pass(50);
    assertEquals(List.of(first, second), drain());
  }

  @Test
  void priorityAndSizeMeanNothing() {
    Counted batch = offer(ROUTE.of(Priority.BATCH));
    Counted large = offer(ROUTE.costing(Duration.ofSeconds(1)));
    Counted critical = offer(ROUTE.of(Priority.CRITICAL));
    assertFalse(queue.startable(), "a critical call runs beside another");
    assertEquals(List.of(batch, large, critical), drain());
  }

  @Test
  void whoseDeadlineHasPassedOrWhoseCallerHasGoneIsShedAndNobodyIsForAnEstimate() {
    Counted late = offer(ROUTE.within(Duration.ofMillis(1)));
    Counted gone = offer(ROUTE);
    Counted dear = offer(ROUTE.within(Duration.ofMillis(2)).costing(Duration.ofSeconds(1)));
    gone.gone = true;
    pass(1);
    assertEquals(List.of(dear), drain());
    assertShed(Reason.EXPIRED_IN_QUEUE, late, gone);
  }

  @Test
  void theOrderMayChangeWhileCallsWait() {
    Counted large = offer(ROUTE.costing(Duration.ofMillis(20)).within(Duration.ofMinutes(1)));
    Counted small = offer(ROUTE);
    order = Order.COST;
    Counted critical = offer(ROUTE.of(Priority.CRITICAL));
    assertEquals(List.of(critical, small, large), drain());
    assertEquals(List.of(), shed);
    assertEquals(0, queue.running());
  }
}
