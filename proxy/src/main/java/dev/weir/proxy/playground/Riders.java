package dev.weir.proxy.playground;

import dev.weir.proxy.path.FloodSwitch;
import dev.weir.proxy.path.Ticker;
import dev.weir.routing.RoutingEngine;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadFactory;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Floods the port of callers over loopback, from an address of its own where the machine lends one,
 * so that it competes as a tenant of its own with whoever else asks. Thread-safe.
 */
public final class Riders implements FloodSwitch, AutoCloseable {

  /** Of this, half are plain routes: together several times what a processor can do. */
  private static final int USUAL_PER_PROCESSOR = 300;

  private static final long END_MILLIS = 2_000;

  /** On Linux all of 127/8 is this machine. */
  private static final InetAddress ELSEWHERE = InetAddress.ofLiteral("127.0.0.2");

  private final RoutingEngine engine;
  private final String host;
  private final IntSupplier port;
  private final int processors;
  private final BooleanSupplier offered;
  private final Ticker ticker;
  private final LongConsumer park;
  private final ThreadFactory threads;
  private volatile @Nullable Ride latest;
  private volatile @Nullable Thread thread;
  private boolean closed;

  /**
   * @param engine asked for places on its map
   * @param host that the port listens on
   * @param port asked when a flood begins
   * @param processors that may compute
   * @param offered whether there may be a flood now
   * @param park waits for about so many nanoseconds
   * @param threads makes those of riders and of what paces them
   */
  public Riders(
      RoutingEngine engine,
      String host,
      IntSupplier port,
      int processors,
      BooleanSupplier offered,
      Ticker ticker,
      LongConsumer park,
      ThreadFactory threads) {
    this.engine = engine;
    this.host = host;
    this.port = port;
    this.processors = processors;
    this.offered = offered;
    this.ticker = ticker;
    this.park = park;
    this.threads = threads;
  }

  @Override
  public boolean offered() {
    return offered.getAsBoolean();
  }

  @Override
  public synchronized boolean start(int perSecond, int seconds) {
    Ride before = latest;
    if (closed || !offered() || (before != null && before.running())) {
      return false;
    }
    InetSocketAddress to = new InetSocketAddress(host, port.getAsInt());
    Ride ride = new Ride(to, elsewhere(to.getAddress()), perSecond, seconds, ticker, park, threads);
    long seed = ticker.nanos();
    Thread next =
        threads.newThread(() -> ride.run(() -> Rides.of(engine, new SplittableRandom(seed))));
    next.start(); // or fails, and the next flood may begin
    thread = next;
    latest = ride;
    return true;
  }

  /** {@code null} if there is no other address, or the port is not one of IPv4. */
  private static @Nullable InetAddress elsewhere(InetAddress port) {
    if (!(port instanceof Inet4Address)) {
      return null;
    }
    try (ServerSocket taken = new ServerSocket(0, 1, ELSEWHERE)) {
      return taken.getInetAddress();
    } catch (IOException notHere) {
      return null;
    }
  }

  @Override
  public synchronized void stop() {
    Ride ride = latest;
    if (ride != null) {
      ride.stop();
    }
  }

  @Override
  public Report report() {
    Ride ride = latest;
    int usual = Math.min(MOST_PER_SECOND, USUAL_PER_PROCESSOR * processors);
    return ride == null ? new Tally().report(false, usual, "", 0) : ride.report(usual);
  }

  /** Begins no more, and waits a moment for the end of the one under way. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      stop();
    }
    Thread running = thread;
    try {
      if (running != null) {
        running.join(END_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether one is under way, which may be looking at the map. */
  public boolean riding() {
    Thread running = thread;
    return running != null && running.isAlive();
  }
}
