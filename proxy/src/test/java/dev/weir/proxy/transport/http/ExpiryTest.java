package dev.weir.proxy.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Time limits in a time that stands still. */
final class ExpiryTest {

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final AtomicInteger fired = new AtomicInteger();
  private long nanos = Long.MAX_VALUE - 50;
  private final Expiry expiry =
      new Expiry(channel.eventLoop(), () -> nanos, fired::incrementAndGet);

  ExpiryTest() {
    channel.freezeTime();
  }

  private void pass(long by) {
    nanos += by;
    turn(by);
    turn(1);
  }

  /** What the loop does between two looks at its sockets. */
  private void turn(long laterBy) {
    channel.advanceTimeBy(laterBy, TimeUnit.NANOSECONDS);
    channel.runScheduledPendingTasks();
  }

  @Test
  void firesOnceWhenTheTimeIsOver() {
    expiry.arm(100);
    pass(99);
    assertEquals(0, fired.get());
    pass(1);
    assertEquals(1, fired.get());
    pass(1_000);
    assertEquals(1, fired.get());
  }

  @Test
  void canBeMovedBackAndForth() {
    expiry.arm(100);
    pass(90);
    expiry.arm(100);
    pass(90);
    assertEquals(0, fired.get());
    expiry.arm(5);
    pass(5);
    assertEquals(1, fired.get());
  }

  @Test
  void staysSilentOnceDisarmed() {
    expiry.arm(100);
    expiry.disarm();
    pass(1_000);
    assertEquals(0, fired.get());
    expiry.arm(10);
    pass(10);
    assertEquals(1, fired.get());
  }

  @Test
  void givesTheLoopOneMoreTurnToFindWhatCameInTime() {
    expiry.arm(100);
    nanos += 100_000;
    turn(100_000);
    assertEquals(0, fired.get());
    turn(1);
    assertEquals(1, fired.get());
  }

  @Test
  void isMovedEvenInThatLastTurn() {
    expiry.arm(100);
    nanos += 100_000;
    turn(100_000);
    expiry.arm(100);
    turn(1);
    assertEquals(0, fired.get());
    pass(100);
    assertEquals(1, fired.get());
  }

  @Test
  void leavesNothingScheduledBehind() {
    expiry.arm(100);
    expiry.cancel();
    assertEquals(-1, channel.runScheduledPendingTasks());
    pass(1_000);
    assertEquals(0, fired.get());
  }
}
