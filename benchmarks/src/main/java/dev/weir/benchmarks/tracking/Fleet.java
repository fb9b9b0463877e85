package dev.weir.benchmarks.tracking;

import dev.weir.benchmarks.load.Arrivals;
import dev.weir.benchmarks.load.ConnectionPool;
import dev.weir.benchmarks.load.Generator;
import dev.weir.benchmarks.load.Pump;
import dev.weir.benchmarks.load.http2.GrpcRefusals;
import dev.weir.benchmarks.load.http2.Link;
import dev.weir.benchmarks.riders.City;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Rides that begin when a schedule says so, say where they are at equal intervals after that, and
 * hang up at the end. On the event loop, but for {@link #run}.
 */
final class Fleet implements Pump.Schedule {
  private final Pump pump;
  private final ConnectionPool<Berth> berths;
  private final Plan plan;
  private final List<City.Trip> trips;
  private final Tally tally;
  private final Ride.Course course;
  private final GrpcRefusals refusals = new GrpcRefusals();
  private final Arrivals arrivals;
  private final ArrayDeque<Stop> stops = new ArrayDeque<>();
  private final CompletableFuture<Void> result = new CompletableFuture<>();
  private final long everyNanos;
  private final long endNanos;
  private long startNanos;
  private long nextStartNanos;
  private int begun;

  /**
   * When.
   *
   * @param rides in all
   * @param startsPerSecond in the mean, by a Poisson process
   * @param every between two positions of a ride
   * @param settle after the last start, before anything counts
   * @param counted after that, with all rides under way
   */
  record Plan(
      int rides,
      double startsPerSecond,
      Duration every,
      Duration settle,
      Duration counted,
      Ride.Course course,
      long seed) {

    /** From the beginning to where it counts. */
    Duration leadIn() {
      Arrivals arrivals = new Arrivals(startsPerSecond, seed);
      long last = 0;
      for (int i = 0; i < rides; i++) {
        last = arrivals.nextNanos();
      }
      return Duration.ofNanos(last).plus(settle);
    }
  }

  /** Room for a ride on a connection. */
  record Berth(Link link) implements ConnectionPool.Rider {
    @Override
    public boolean usable() {
      return link.usable();
    }
  }

  /** When a ride says where it is, since the start. */
  private record Stop(Ride ride, long dueNanos) {}

  Fleet(
      Generator generator,
      ConnectionPool<Berth> berths,
      Plan plan,
      List<City.Trip> trips,
      Tally tally) {
    this.pump = new Pump(generator, this);
    this.berths = berths;
    this.plan = plan;
    this.trips = List.copyOf(trips);
    this.tally = tally;
    this.course = plan.course();
    this.arrivals = new Arrivals(plan.startsPerSecond(), plan.seed());
    this.nextStartNanos = arrivals.nextNanos();
    this.everyNanos = plan.every().toNanos();
    this.endNanos = plan.leadIn().plus(plan.counted()).toNanos();
  }

  /** Starts; done when all have hung up. */
  CompletableFuture<Void> run() {
    pump.start();
    return result;
  }

  @Override
  public long dueNanos() {
    Stop stop = stops.peek();
    long start = begun < plan.rides() ? nextStartNanos : Long.MAX_VALUE;
    long due = stop == null ? start : Math.min(start, stop.dueNanos());
    return due < endNanos ? due : Long.MAX_VALUE;
  }

  @Override
  public void next(long nowNanos) {
    startNanos = System.nanoTime() - pump.nowNanos();
    Stop stop = stops.peek();
    if (stop != null && (begun == plan.rides() || stop.dueNanos() <= nextStartNanos)) {
      stops.remove();
      stop.ride().drive(startNanos + stop.dueNanos());
      stops.add(new Stop(stop.ride(), stop.dueNanos() + everyNanos));
    } else {
      begin(nextStartNanos);
      nextStartNanos = arrivals.nextNanos();
    }
  }

  private void begin(long dueNanos) {
    City.Trip trip = trips.get(begun % trips.size());
    begun++;
    Berth berth = berths.take();
    if (berth == null) {
      tally.failed("no connection");
      return;
    }
    Ride ride = new Ride(trip, course, tally, refusals, berth.link());
    stops.add(new Stop(ride, dueNanos + everyNanos));
    ride.start(startNanos + dueNanos);
  }

  @Override
  public boolean looked(long nowNanos) {
    if (nowNanos < endNanos) {
      return true;
    }
    stops.forEach(stop -> stop.ride().leave());
    result.complete(null);
    return false;
  }
}
