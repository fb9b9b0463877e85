package dev.weir.proxy.chaos;

import dev.weir.proxy.path.FaultSwitch;
import dev.weir.proxy.path.Ticker;
import dev.weir.routing.RoutingEngine;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All faults there are, and what the server is given in place of its engine, its clock and its
 * disk, so that they can befall it. Thread-safe.
 */
public final class Faults implements FaultSwitch, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Faults.class);
  private static final String FOR = "for";
  private static final double LONGEST_SECONDS = 86_400;
  private static final double MILLIS_PER_SECOND = 1_000;

  private final ClockJump clock;
  private final DiskFull disk = new DiskFull();
  private final Stall stall;
  private final List<EngineFault> aroundEngine;
  private final Map<String, Fault> all = new LinkedHashMap<>();
  private final Map<String, Future<?>> ends = new HashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().name("weir-chaos-timer").daemon().unstarted(task));

  /**
   * @param ticker the right clock
   * @param park puts the calling thread to sleep for so many nanoseconds at most
   * @param heapBytes that there are at most
   */
  public Faults(Ticker ticker, LongConsumer park, long heapBytes) {
    Delay delay = new Delay(ticker, park);
    this.clock = new ClockJump(ticker);
    this.stall = new Stall(delay);
    this.aroundEngine =
        List.of(stall, new EngineHang(delay), new EngineLatency(delay), new EngineErrors());
    aroundEngine.forEach(fault -> all.put(fault.name(), fault));
    for (Fault fault : List.of(new CpuTheft(), new HeapPressure(heapBytes), clock, disk)) {
      all.put(fault.name(), fault);
    }
  }

  /** The engine with all that can befall it. */
  public RoutingEngine around(RoutingEngine engine) {
    return new FaultyEngine(engine, aroundEngine);
  }

  /** The clock that can jump. */
  public Ticker clock() {
    return clock;
  }

  /**
   * To be called before anything is written.
   *
   * @throws IOException if the disk is full
   */
  public void write() throws IOException {
    disk.write();
  }

  /**
   * @param each runs a task on every event loop
   */
  public void loops(Consumer<Runnable> each) {
    stall.loops(each);
  }

  @Override
  public synchronized List<String> lines() {
    return all.values().stream()
        .map(
            fault ->
                "%s: %s (%s)"
                    .formatted(
                        fault.name(),
                        fault.state().isEmpty() ? "off" : fault.state(),
                        fault.usage()))
        .toList();
  }

  @Override
  public synchronized String start(String name, Map<String, String> wishes) throws Illegal {
    Fault fault = find(name);
    Map<String, String> own = new HashMap<>(wishes);
    String limit = own.remove(FOR);
    double seconds =
        new Wishes(limit == null ? Map.of() : Map.of(FOR, limit))
            .number(FOR, 0.001, LONGEST_SECONDS, 0);
    fault.start(new Wishes(own));
    forget(name);
    if (seconds > 0) {
      long millis = (long) (seconds * MILLIS_PER_SECOND);
      ends.put(name, timer.schedule(() -> end(fault), millis, TimeUnit.MILLISECONDS));
    }
    LOG.warn("a fault on purpose: {}, {}", name, fault.state());
    return name + ": " + fault.state();
  }

  @Override
  public synchronized String stop(String name) throws Illegal {
    end(find(name));
    return name + ": off";
  }

  private synchronized void end(Fault fault) {
    forget(fault.name());
    fault.stop();
    LOG.warn("the fault {} is over", fault.name());
  }

  private void forget(String name) {
    Future<?> planned = ends.remove(name);
    if (planned != null) {
      planned.cancel(false);
    }
  }

  private Fault find(String name) throws Illegal {
    Fault fault = all.get(name);
    if (fault == null) {
      throw new Illegal("no such fault; there are " + String.join(", ", all.keySet()));
    }
    return fault;
  }

  /** Ends all faults. */
  @Override
  public synchronized void close() {
    timer.shutdownNow();
    all.values().forEach(Fault::stop);
  }
}
