package dev.weir.proxy.flood;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.ResourceLeakDetector;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Hears of buffers of Netty that were dropped and not released. One at a time. Thread-safe. */
final class Leaks implements AutoCloseable {

  private static final long PATIENCE_MILLIS = 10_000;

  private final Queue<String> heard = new ConcurrentLinkedQueue<>();

  private Leaks() {}

  static Leaks listen() {
    if (ResourceLeakDetector.getLevel() != ResourceLeakDetector.Level.PARANOID) {
      throw new IllegalStateException("the build is to run tests with paranoid leak detection");
    }
    Leaks leaks = new Leaks();
    ByteBufUtil.setLeakListener((type, records) -> leaks.heard.add(type + records));
    return leaks;
  }

  /**
   * Collects garbage and returns what leaked until now. Netty tells of a leak when it makes the
   * next buffer after the collector has found the lost one.
   */
  List<String> found() throws InterruptedException {
    collect();
    for (int i = 0; i < 16; i++) {
      ByteBuf buffer = ByteBufAllocator.DEFAULT.directBuffer(16);
      buffer.release();
    }
    return List.copyOf(heard);
  }

  /** Returns when the collector has handed on the references it had found before. */
  private static void collect() throws InterruptedException {
    ReferenceQueue<Object> queue = new ReferenceQueue<>();
    WeakReference<Object> canary = new WeakReference<>(new Object(), queue);
    try {
      System.gc();
      if (queue.remove(PATIENCE_MILLIS) == null) {
        throw new IllegalStateException("the collector does not work");
      }
    } finally {
      Reference.reachabilityFence(canary);
    }
  }

  @Override
  public void close() {
    ByteBufUtil.setLeakListener(null);
  }
}
