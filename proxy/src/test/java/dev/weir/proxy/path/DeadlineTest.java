package dev.weir.proxy.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class DeadlineTest {

  @Test
  void countsDownAcrossTheOverflowOfNanoTimes() {
    Deadline deadline = Deadline.after(Long.MAX_VALUE - 10, 100);
    assertEquals(100, deadline.remainingNanos(Long.MAX_VALUE - 10));
    assertEquals(50, deadline.remainingNanos(Long.MIN_VALUE + 39));
    assertFalse(deadline.passed(Long.MIN_VALUE + 88));
    assertTrue(deadline.passed(Long.MIN_VALUE + 89));
  }

  @Test
  void takesTheSoonerOfTwoAcrossTheOverflow() {
    Deadline sooner = Deadline.after(Long.MAX_VALUE - 10, 5);
    Deadline later = Deadline.after(Long.MAX_VALUE - 10, 20);
    assertEquals(sooner, sooner.sooner(later));
    assertEquals(sooner, later.sooner(sooner));
  }
}
