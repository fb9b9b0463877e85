package dev.weir.proxy.chaos;

import dev.weir.proxy.path.FaultSwitch.Illegal;
import java.util.concurrent.atomic.AtomicBoolean;

/** Threads that compute nothing, for ever, as a neighbour on the same machine might. */
final class CpuTheft implements Fault {

  private static final int MOST = 256;

  private AtomicBoolean burning = new AtomicBoolean();
  private volatile long threads;

  @Override
  public String name() {
    return "cpu-theft";
  }

  @Override
  public String usage() {
    return "threads=1";
  }

  @Override
  public void start(Wishes wishes) throws Illegal {
    long wanted = wishes.whole("threads", 1, MOST, 1);
    wishes.nothingElse();
    stop();
    AtomicBoolean on = new AtomicBoolean(true);
    burning = on;
    threads = wanted;
    for (int i = 0; i < wanted; i++) {
      Thread.ofPlatform().name("weir-chaos-", i).daemon().start(() -> burn(on));
    }
  }

  private static void burn(AtomicBoolean on) {
    while (on.get()) {
      Thread.onSpinWait();
    }
  }

  @Override
  public void stop() {
    burning.set(false);
    threads = 0;
  }

  @Override
  public String state() {
    return threads == 0 ? "" : threads + " threads burn";
  }
}
