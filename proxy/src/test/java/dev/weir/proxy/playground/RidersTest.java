package dev.weir.proxy.playground;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.proxy.flood.Eventually;
import dev.weir.routing.Coordinate;
import dev.weir.routing.RouteQuery;
import dev.weir.routing.RoutingEngine;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Riders that look at a map, for as long as the test likes. */
final class RidersTest {

  private final CountDownLatch looking = new CountDownLatch(1);
  private final CountDownLatch seen = new CountDownLatch(1);
  private volatile boolean outOfThreads;
  private volatile boolean offered = true;
  private final Riders riders =
      new Riders(
          map(),
          "127.0.0.1",
          () -> 1,
          1,
          () -> offered,
          System::nanoTime,
          LockSupport::parkNanos,
          this::thread);

  /** There is nowhere to ride to, so that a flood is over once that is seen. */
  private RoutingEngine map() {
    RouteQuery nowhere = new RouteQuery.Nearest(new Coordinate(0, 0), false);
    return (RoutingEngine)
        Proxy.newProxyInstance(
            RoutingEngine.class.getClassLoader(),
            new Class<?>[] {RoutingEngine.class},
            (_, _, _) -> {
              looking.countDown();
              seen.await();
              return nowhere;
            });
  }

  private Thread thread(Runnable task) {
    return new Thread(task, "rider-of-the-test") {
      @Override
      public void start() {
        if (outOfThreads) {
          throw new OutOfMemoryError("planted");
        }
        super.start();
      }
    };
  }

  @AfterEach
  void end() {
    seen.countDown();
    riders.close();
  }

  @Test
  void aThreadThatCannotBeStartedBlocksNoFloodAfterThat() throws Exception {
    outOfThreads = true;
    assertThrows(OutOfMemoryError.class, () -> riders.start(1, 1));
    assertFalse(riders.report().running());

    outOfThreads = false;
    assertTrue(riders.start(1, 1));
    assertFalse(riders.start(1, 1));
    seen.countDown();
    Eventually.holds("it is over", () -> !riders.report().running());
    assertTrue(riders.start(1, 1));
  }

  @Test
  void whoeverClosesThemHearsThatTheyStillLookAtTheMap() throws Exception {
    assertTrue(riders.start(1, 1));
    looking.await();

    riders.close();

    assertTrue(riders.riding());
    assertFalse(riders.start(1, 1));
    seen.countDown();
    Eventually.holds("they do not any more", () -> !riders.riding());
    assertFalse(riders.start(1, 1));
  }

  @Test
  void beginsNothingThatIsNotOffered() {
    offered = false;

    assertFalse(riders.start(1, 1));
    assertFalse(riders.report().running());
  }
}
