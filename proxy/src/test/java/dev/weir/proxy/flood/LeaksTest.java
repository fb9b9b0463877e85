package dev.weir.proxy.flood;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LeaksTest {

  @Test
  void hearsOfABufferThatWasLost() throws InterruptedException {
    try (Leaks leaks = Leaks.listen()) {
      lose();
      List<String> found = leaks.found();
      assertEquals(1, found.size(), () -> "found " + found);
      assertTrue(found.getFirst().contains("LeaksTest"));
    }
  }

  private static void lose() {
    ByteBuf lost = ByteBufAllocator.DEFAULT.directBuffer(16);
    lost.writeByte(1);
  }
}
