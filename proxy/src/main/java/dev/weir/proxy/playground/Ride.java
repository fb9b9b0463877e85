package dev.weir.proxy.playground;

import dev.weir.proxy.path.FloodSwitch;
import dev.weir.proxy.path.Ticker;
import dev.weir.proxy.transport.PlainCaller;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One flood. Requests are due at their times, whether or not those before were answered, and times
 * are counted from then. Thread-safe; {@link #run} is for a thread of its own.
 */
final class Ride {

  // The thread of run() hands what is due to threads with a connection each.

  private static final long TICK_NANOS = Duration.ofMillis(5).toNanos();
  private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long MILLI_NANOS = Duration.ofMillis(1).toNanos();

  private static final int MOST_CONNECTIONS = 128;

  /** That wait for a connection. */
  private static final int MOST_WAITING = 1_024;

  /** Answers, or refusals, come long before. */
  private static final int GIVE_UP_MILLIS = 3_000;

  private static final int OK = 200;

  private final InetSocketAddress to;
  private final @Nullable InetAddress from;
  private final int perSecond;
  private final long lengthNanos;
  private final Ticker ticker;
  private final LongConsumer park;
  private final ThreadFactory threads;
  private final Tally tally = new Tally();
  private final ArrayBlockingQueue<Due> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final long createdNanos;
  private volatile long endedNanos;
  private volatile boolean allSent;
  private volatile boolean over;
  private volatile boolean stopped;

  private record Due(int request, long atNanos) {}

  Ride(
      InetSocketAddress to,
      @Nullable InetAddress from,
      int perSecond,
      int seconds,
      Ticker ticker,
      LongConsumer park,
      ThreadFactory threads) {
    this.to = to;
    this.from = from;
    this.perSecond = perSecond;
    this.lengthNanos = seconds * SECOND_NANOS;
    this.ticker = ticker;
    this.park = park;
    this.threads = threads;
    this.createdNanos = ticker.nanos();
  }

  /** Returns when it is over. */
  void run(Supplier<List<byte[]>> requests) {
    try {
      List<byte[]> made = requests.get();
      if (!made.isEmpty()) {
        List<Thread> callers = callers(made);
        send(made.size());
        allSent = true;
        for (Thread caller : callers) {
          caller.join();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      allSent = true;
      stopped = true;
      endedNanos = ticker.nanos();
      over = true;
    }
  }

  private List<Thread> callers(List<byte[]> requests) {
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < Math.min(perSecond, MOST_CONNECTIONS); i++) {
      Thread caller = threads.newThread(() -> call(requests));
      caller.start();
      callers.add(caller);
    }
    return callers;
  }

  private void send(int requests) {
    long startNanos = ticker.nanos();
    long sent = 0;
    for (long dueNanos = 0; dueNanos < lengthNanos && !stopped; dueNanos += TICK_NANOS) {
      while (startNanos + dueNanos - ticker.nanos() > 0) {
        park.accept(startNanos + dueNanos - ticker.nanos());
      }
      long due = perSecond * (dueNanos + TICK_NANOS) / SECOND_NANOS;
      for (; sent < due; sent++) {
        tally.offered.increment();
        if (!waiting.offer(new Due((int) (sent % requests), startNanos + dueNanos))) {
          tally.unsent.increment();
        }
      }
    }
  }

  private void call(List<byte[]> requests) {
    PlainCaller caller = null;
    try {
      while (true) {
        Due due = waiting.poll(TICK_NANOS, TimeUnit.NANOSECONDS);
        if (due != null && stopped) {
          tally.unsent.increment();
        } else if (due != null) {
          caller = call(requests.get(due.request), due.atNanos, caller);
        } else if (allSent && waiting.isEmpty()) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      close(caller);
    }
  }

  /** Returns the connection to go on with, {@code null} if it takes another one. */
  private @Nullable PlainCaller call(
      byte[] request, long dueNanos, @Nullable PlainCaller connected) {
    PlainCaller caller = connected;
    try {
      if (caller == null) {
        caller = new PlainCaller(from, to, GIVE_UP_MILLIS);
      }
      int status = caller.call(request);
      String told = "";
      if (status == OK) {
        caller.skipBody();
      } else {
        told = caller.body();
      }
      tally.answered(status, told, ticker.nanos() - dueNanos);
      return caller;
    } catch (IOException gone) {
      tally.failed.increment();
      close(caller);
      return null;
    }
  }

  private static void close(@Nullable PlainCaller caller) {
    try {
      if (caller != null) {
        caller.close();
      }
    } catch (IOException e) {
      // it is of no use any more, closed or not
    }
  }

  boolean running() {
    return !over;
  }

  void stop() {
    stopped = true;
  }

  FloodSwitch.Report report(int usualPerSecond) {
    long untilNanos = over ? endedNanos : ticker.nanos();
    return tally.report(
        !over,
        usualPerSecond,
        from == null ? to.getHostString() : from.getHostAddress(),
        (untilNanos - createdNanos) / MILLI_NANOS);
  }
}
