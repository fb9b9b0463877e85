package dev.weir.proxy.chaos;

import dev.weir.proxy.path.FaultSwitch.Illegal;
import java.util.ArrayList;
import java.util.List;

/** Memory that is held and not used, so that the collector has to work for the rest. */
final class HeapPressure implements Fault {

  private static final int MEBIBYTE = 1 << 20;

  /** More would not be pressure but the end. */
  private static final double MOST_OF_HEAP = 0.9;

  private final long mostMebibytes;
  private volatile List<byte[]> held = List.of();

  /**
   * @param heapBytes that there are at most
   */
  HeapPressure(long heapBytes) {
    this.mostMebibytes = Math.max(1, (long) (heapBytes * MOST_OF_HEAP) / MEBIBYTE);
  }

  @Override
  public String name() {
    return "heap-pressure";
  }

  @Override
  public String usage() {
    return "mebibytes=64";
  }

  @Override
  public void start(Wishes wishes) throws Illegal {
    long wanted = wishes.whole("mebibytes", 1, mostMebibytes, Math.min(64, mostMebibytes));
    wishes.nothingElse();
    stop();
    List<byte[]> taken = new ArrayList<>();
    for (int i = 0; i < wanted; i++) {
      taken.add(new byte[MEBIBYTE]);
    }
    held = taken;
  }

  @Override
  public void stop() {
    held = List.of();
  }

  @Override
  public String state() {
    List<byte[]> now = held;
    return now.isEmpty() ? "" : now.size() + " MiB held";
  }
}
