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
import java.util.concurrent.atomic.AtomicReference;
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
  private final Ticker ticker;
  private final LongConsumer park;
  private final AtomicReference<@Nullable Ride> latest = new AtomicReference<>();
  private volatile @Nullable Thread thread;

  /**
   * @param engine asked for places on its map
   * @param host that the port listens on
   * @param port asked when a flood begins
   * @param processors that may compute
   * @param park waits for about so many nanoseconds
   */
  public Riders(
      RoutingEngine engine,
      String host,
      IntSupplier port,
      int processors,
      Ticker ticker,
      LongConsumer park) {
    this.engine = engine;
    this.host = host;
    this.port = port;
    this.processors = processors;
    this.ticker = ticker;
    this.park = park;
  }

  @Override
  public boolean start(int perSecond, int seconds) {
    Ride before = latest.get();
    if (before != null && before.running()) {
      return false;
    }
    InetSocketAddress to = new InetSocketAddress(host, port.getAsInt());
    Ride ride = new Ride(to, elsewhere(to.getAddress()), perSecond, seconds, ticker, park);
    if (!latest.compareAndSet(before, ride)) {
      return false;
    }
    long seed = ticker.nanos();
    thread =
        Thread.ofPlatform()
            .name("weir-riders")
            .daemon()
            .start(() -> ride.run(() -> Rides.of(engine, new SplittableRandom(seed))));
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
  public void stop() {
    Ride ride = latest.get();
    if (ride != null) {
      ride.stop();
    }
  }

  @Override
  public Report report() {
    Ride ride = latest.get();
    int usual = Math.min(MOST_PER_SECOND, USUAL_PER_PROCESSOR * processors);
    return ride == null ? new Tally().report(false, usual, "", 0) : ride.report(usual);
  }

  /** Waits a moment for its end: it may be looking at the map. */
  @Override
  public void close() {
    stop();
    Thread running = thread;
    try {
      if (running != null) {
        running.join(END_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
