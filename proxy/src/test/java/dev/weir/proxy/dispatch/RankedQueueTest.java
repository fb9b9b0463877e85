package dev.weir.proxy.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.ManualTicker;
import dev.weir.proxy.Profiles;
import dev.weir.proxy.config.GateSettings.Order;
import dev.weir.proxy.dispatch.RankedQueue.Shed;
import dev.weir.proxy.dispatch.RankedQueue.Started;
import dev.weir.proxy.path.Deadline;
import dev.weir.proxy.path.Dispatcher.Task;
import dev.weir.proxy.path.Outlook;
import dev.weir.proxy.path.Priority;
import dev.weir.proxy.path.Profile;
import dev.weir.proxy.path.Refusal.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class RankedQueueTest {

  private static final Profiles SMALL = Profiles.ROUTE;
  private static final Profiles LARGE = Profiles.ROUTE.costing(Duration.ofMillis(100));

  private final ManualTicker ticker = new ManualTicker();
  private final KnownOutlook outlook = new KnownOutlook();
  private final RankedQueue queue =
      new RankedQueue(() -> 1, () -> 0.4, () -> Order.COST, outlook, ticker);
  private final List<Shed> shed = new ArrayList<>();

  private static final class KnownOutlook implements Outlook {
    private Duration wait = Duration.ZERO;
    private Duration surplusFrom = Duration.ofHours(1);

    @Override
    public long waitNanos(Profile profile) {
      return wait.toNanos();
    }

    @Override
    public boolean surplus(Profile profile) {
      return runNanos(profile) >= surplusFrom.toNanos();
    }

    @Override
    public boolean large(Profile profile) {
      return profile.estimate().meanNanos() >= Duration.ofMillis(10).toNanos();
    }

    @Override
    public long runNanos(Profile profile) {
      return profile.estimate().meanNanos();
    }
  }

  private final class Named implements Task {
    private final String name;
    private final Profile profile;
    private boolean abandoned;

    Named(String name, Profiles profiles) {
      this.name = name;
      this.profile = profiles.at(ticker.nanos());
    }

    @Override
    public Profile profile() {
      return profile;
    }

    @Override
    public Deadline deadline() {
      return profile.deadline();
    }

    @Override
    public boolean abandoned() {
      return abandoned;
    }

    @Override
    public void run() {}

    @Override
    public void shed(Reason reason) {}

    @Override
    public String toString() {
      return name;
    }
  }

  private Started occupy() {
    return Objects.requireNonNull(queue.offer(new Named("running", SMALL)));
  }

  private Named offer(String name, Profiles profiles) {
    Named task = new Named(name, profiles);
    assertNull(queue.offer(task));
    return task;
  }

  /** Ends one running call after the other and tells in which order the rest was started. */
  private List<String> drain(Started running) {
    List<String> order = new ArrayList<>();
    Started last = running;
    while (last != null) {
      queue.finished(last);
      last = queue.next(shed);
      if (last != null) {
        order.add(last.task().toString());
      }
    }
    return order;
  }

  @Test
  void startsAtOnceWhereAPermitIsFree() {
    assertNotNull(queue.offer(new Named("a", SMALL)));
    assertNull(queue.offer(new Named("b", SMALL)));
    assertEquals(1, queue.running());
    assertEquals(1, queue.length());
  }

  @Test
  void higherTiersGoFirst() {
    Started running = occupy();
    for (Priority priority : List.of(Priority.BATCH, Priority.SHEDDABLE, Priority.DEFAULT)) {
      offer(priority.name(), SMALL.of(priority));
    }
    assertEquals(List.of("DEFAULT", "SHEDDABLE", "BATCH"), drain(running));
  }

  @Test
  void aCriticalCallRunsBesideWhateverRuns() {
    occupy();
    offer("waits", SMALL);
    offer("critical", SMALL.of(Priority.CRITICAL));
    assertTrue(queue.startable());
    assertEquals("critical", Objects.requireNonNull(queue.next(shed)).task().toString());
  }

  @Test
  void equalsGoInTheOrderOfTheirArrival() {
    Started running = occupy();
    for (String name : List.of("a", "b", "c")) {
      offer(name, SMALL);
      ticker.advance(Duration.ofNanos(10));
    }
    assertEquals(List.of("a", "b", "c"), drain(running));
  }

  @Test
  void smallerCallsOfATenantGoFirstButNotForEver() {
    Started running = occupy();
    offer("medium", SMALL.costing(Duration.ofMillis(5)));
    ticker.advance(Duration.ofMillis(39));
    offer("passes", SMALL);
    ticker.advance(Duration.ofMillis(2));
    offer("too late", SMALL);
    assertEquals(List.of("passes", "medium", "too late"), drain(running));
  }

  @Test
  void largeCallsGetTheirReserveWhileSmallOnesWait() {
    Started running = occupy();
    for (int i = 0; i < 600; i++) {
      offer("small", SMALL);
    }
    for (int i = 0; i < 4; i++) {
      offer("large", LARGE);
    }
    Map<String, Integer> counts = new HashMap<>();
    double smallBeforeThirdLarge = 0;
    for (String name : drain(running)) {
      int seen = counts.merge(name, 1, Integer::sum);
      if (name.equals("large") && seen == 3) {
        smallBeforeThirdLarge = counts.getOrDefault("small", 0);
      }
    }
    // two large calls of 100 ms are 40 % of the time, so 300 small ones of 1 ms are the rest
    assertEquals(300, smallBeforeThirdLarge, 5);
  }

  @Test
  void tenantsShareByCostAndWeightNotByCalls() {
    Started running = occupy();
    for (int i = 0; i < 200; i++) {
      offer("flood", SMALL.of("flood"));
      offer("dear", SMALL.of("dear").costing(Duration.ofMillis(4)));
      offer("heavy", SMALL.of("heavy").weighing(2));
    }
    Map<String, Integer> counts = new HashMap<>();
    drain(running).stream().limit(130).forEach(name -> counts.merge(name, 1, Integer::sum));
    assertEquals(40, counts.getOrDefault("flood", 0), 2);
    assertEquals(10, counts.getOrDefault("dear", 0), 2);
    assertEquals(80, counts.getOrDefault("heavy", 0), 3);
  }

  @Test
  void oneTenantsFloodDoesNotDelayAnothersCall() {
    Started running = occupy();
    for (int i = 0; i < 1_000; i++) {
      offer("flood", SMALL.of("flood"));
    }
    offer("modest", SMALL.of("modest"));
    assertTrue(drain(running).indexOf("modest") <= 1);
  }

  @Test
  void shedsWhatCannotBeDoneByItsDeadlineWhenItsTurnComes() {
    Started running = occupy();
    offer("late", SMALL.within(Duration.ofMillis(10)));
    offer("in time", SMALL.within(Duration.ofSeconds(1)));
    ticker.advance(Duration.ofNanos(9_500_000));
    assertEquals(List.of("in time"), drain(running));
    assertEquals("late", shed.getFirst().task().toString());
    assertEquals(Reason.EXPIRED_IN_QUEUE, shed.getFirst().reason());
    assertEquals(0, queue.running());
  }

  @Test
  void aSweepShedsWhatItsCallerGaveUpAndWhatCannotBeDoneInTimeAfterWhatIsAhead() {
    occupy();
    Named gone = offer("gone", SMALL);
    offer("late", SMALL.within(Duration.ofMillis(30)));
    offer("in time", SMALL.within(Duration.ofMillis(50)));
    gone.abandoned = true;
    outlook.wait = Duration.ofMillis(30);
    List<String> names = new ArrayList<>();
    queue.sweep().forEach(one -> names.add(one.task().toString()));
    assertEquals(List.of("gone", "late"), names.stream().sorted().toList());
    assertEquals(1, queue.length());
  }

  @Test
  void aSweepShedsWhatThereIsNoRoomForAnyMore() {
    occupy();
    offer("kept", SMALL);
    offer("surplus", LARGE);
    outlook.surplusFrom = LARGE.cost();
    List<Shed> swept = queue.sweep();
    assertEquals("surplus", swept.getFirst().task().toString());
    assertEquals(Reason.OVER_CAPACITY, swept.getFirst().reason());
    assertEquals(1, swept.size());
    assertEquals(1, queue.length());
  }

  @Test
  void clearingTakesOutEverythingThatWaits() {
    occupy();
    offer("a", SMALL);
    offer("b", LARGE.of(Priority.BATCH));
    assertEquals(2, queue.clear().size());
    assertEquals(0, queue.length());
    assertNull(queue.next(shed));
  }
}
