package dev.weir.proxy.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.ResourceLeakDetector.LeakListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a test class during which Netty reports a buffer that was never released. */
public final class NoLeaks implements BeforeAllCallback, AfterAllCallback {

  private static final int ALLOCATIONS = 64;
  private static final Reports REPORTS = new Reports();

  @Override
  public void beforeAll(ExtensionContext context) {
    begin();
  }

  static void begin() {
    ByteBufUtil.setLeakListener(REPORTS);
    REPORTS.leaks.clear();
  }

  // Netty notices lost buffers when it makes new ones, after the collector found the lost.
  @Override
  public void afterAll(ExtensionContext context) {
    collect();
    assertEquals(List.of(), REPORTS.leaks, "buffers that were never released");
  }

  /** Makes Netty look for lost buffers now. */
  static List<String> collect() {
    System.gc();
    for (int i = 0; i < ALLOCATIONS; i++) {
      ByteBuf buffer = ByteBufAllocator.DEFAULT.directBuffer(16);
      buffer.release();
    }
    return List.copyOf(REPORTS.leaks);
  }

  static void forget() {
    REPORTS.leaks.clear();
  }

  private static final class Reports implements LeakListener {
    private final List<String> leaks = new CopyOnWriteArrayList<>();

    @Override
    public void onLeak(String resourceType, String records) {
      leaks.add(resourceType + records);
    }
  }
}
