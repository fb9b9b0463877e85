package dev.weir.proxy.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The guard against lost buffers has to be able to find one. */
final class NoLeaksTest {

  @Test
  void findsABufferThatWasLost() {
    NoLeaks.begin();
    try {
      lose();

      // The collector may need more than one turn to find it.
      List<String> found = NoLeaks.collect();
      for (int i = 0; i < 50 && found.isEmpty(); i++) {
        found = NoLeaks.collect();
      }

      assertFalse(found.isEmpty());
    } finally {
      NoLeaks.forget();
    }
    assertEquals(List.of(), NoLeaks.collect());
  }

  private static void lose() {
    ByteBufAllocator.DEFAULT.directBuffer(16).writeByte(1);
  }
}
