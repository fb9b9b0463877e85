package dev.weir.proxy.flood;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class LeaksTest {

  @Test
  void hearsOfABufferThatWasLost() throws InterruptedException {
    Logger log = (Logger) LoggerFactory.getLogger(ResourceLeakDetector.class);
    log.setAdditive(false); // a report in the output would look like a failure
    try (Leaks leaks = Leaks.listen()) {
      lose();
      List<String> found = leaks.found();
      assertEquals(1, found.size(), () -> "found " + found);
      assertTrue(found.getFirst().contains("LeaksTest"));
    } finally {
      log.setAdditive(true);
    }
  }

  private static void lose() {
    ByteBuf lost = ByteBufAllocator.DEFAULT.directBuffer(16);
    lost.writeByte(1);
  }
}
