package dev.weir.proxy.flood;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.lang.management.ManagementFactory;

/**
 * The memory that is still in use when everything is at rest.
 *
 * @param heapBytes live objects
 * @param directBytes held by Netty for buffers, released ones it keeps for reuse included
 */
record Footprint(long heapBytes, long directBytes) {

  /** One collection may leave what only becomes unreachable by it. */
  private static final int COLLECTIONS = 4;

  static Footprint now() {
    long heapBytes = Long.MAX_VALUE;
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      heapBytes =
          Math.min(heapBytes, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    long directBytes =
        ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider provider
            ? provider.metric().usedDirectMemory()
            : 0;
    return new Footprint(heapBytes, directBytes);
  }

  Footprint since(Footprint before) {
    return new Footprint(heapBytes - before.heapBytes, directBytes - before.directBytes);
  }
}
