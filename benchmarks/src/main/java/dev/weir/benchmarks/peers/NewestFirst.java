package dev.weir.benchmarks.peers;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thread per processor that takes the newest call first. */
final class NewestFirst implements Peer {

  /** Older calls fall out at the bottom; more than are awaited at any time. */
  private static final int MOST = 100_000;

  private final ArrayDeque<Ask> waiting = new ArrayDeque<>();
  private final List<Thread> workers = new ArrayList<>();
  private boolean closed;

  NewestFirst(int processors) {
    for (int i = 0; i < processors; i++) {
      workers.add(Thread.ofPlatform().name("newest-first-" + i).daemon().start(this::work));
    }
  }

  @Override
  public void offer(Ask ask) {
    List<Ask> gone = new ArrayList<>(0);
    synchronized (waiting) {
      while (!waiting.isEmpty() && hopeless(waiting.getFirst())) {
        gone.add(waiting.removeFirst());
      }
      waiting.addLast(ask);
      waiting.notify();
    }
    gone.forEach(Ask::refuse);
  }

  private boolean hopeless(Ask oldest) {
    return oldest.remainingNanos() <= 0 || waiting.size() >= MOST;
  }

  private void work() {
    for (Ask ask = take(); ask != null; ask = take()) {
      if (ask.remainingNanos() > 0) {
        ask.compute();
      } else {
        ask.refuse();
      }
    }
  }

  /** The newest call; {@code null} after the end. */
  private @Nullable Ask take() {
    synchronized (waiting) {
      while (waiting.isEmpty() && !closed) {
        try {
          waiting.wait();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return null;
        }
      }
      return waiting.pollLast();
    }
  }

  @Override
  public void close() {
    synchronized (waiting) {
      closed = true;
      waiting.notifyAll();
    }
  }
}
