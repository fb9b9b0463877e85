package dev.weir.proxy.flood;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/** Many callers at once. */
final class Flood {

  private static final int LOOPS = 2;

  /** Far beyond what any server that works needs on any machine. */
  private static final Duration PATIENCE = Duration.ofSeconds(45);

  private Flood() {}

  /**
   * Plays the scripts to their ends and returns what was seen.
   *
   * @param listen when the deaf begin to read
   */
  static Tally play(int port, List<Script> scripts, BooleanSupplier listen)
      throws InterruptedException, ExecutionException {
    InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    Tally all = new Tally();
    try (ExecutorService threads = Executors.newFixedThreadPool(LOOPS)) {
      List<Future<Tally>> loops = new ArrayList<>();
      int part = (scripts.size() + LOOPS - 1) / LOOPS;
      for (int start = 0; start < scripts.size(); start += part) {
        List<Script> mine = scripts.subList(start, Math.min(scripts.size(), start + part));
        loops.add(threads.submit(new RiderLoop("rider " + start, server, mine, listen, PATIENCE)));
      }
      for (Future<Tally> loop : loops) {
        all.add(loop.get());
      }
    }
    return all;
  }
}
