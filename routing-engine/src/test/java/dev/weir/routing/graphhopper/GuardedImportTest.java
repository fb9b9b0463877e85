package dev.weir.routing.graphhopper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class GuardedImportTest {

  @Test
  void doesNotWaitForAThreadThatDiedOfTooLittleMemory() {
    CountDownLatch never = new CountDownLatch(1);
    OutOfMemoryError error = new OutOfMemoryError("planted");

    OutOfMemoryError thrown =
        assertThrows(
            OutOfMemoryError.class,
            () ->
                GuardedImport.run(
                    () -> {
                      Thread.ofPlatform()
                          .start(
                              () -> {
                                throw error;
                              });
                      awaitQuietly(never);
                    }));

    assertSame(error, thrown);
    never.countDown();
  }

  @Test
  void handsOnWhatTheImportThrows() {
    IllegalStateException fault = new IllegalStateException("planted");

    assertSame(
        fault,
        assertThrows(
            IllegalStateException.class,
            () ->
                GuardedImport.run(
                    () -> {
                      throw fault;
                    })));
  }

  @Test
  void leavesTheHandlerOfTheProcessAsItWas() {
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    List<String> done = new ArrayList<>();

    GuardedImport.run(() -> done.add("imported"));

    assertEquals(List.of("imported"), done);
    assertSame(before, Thread.getDefaultUncaughtExceptionHandler());
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
