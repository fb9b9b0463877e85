package dev.weir.benchmarks.tracking;

import dev.weir.benchmarks.load.Contender;
import dev.weir.benchmarks.load.Pinning;
import dev.weir.benchmarks.load.ServerProcess;
import dev.weir.benchmarks.load.Usage;
import dev.weir.benchmarks.riders.Commands;
import dev.weir.benchmarks.riders.Host;
import dev.weir.benchmarks.riders.Started;
import dev.weir.benchmarks.riders.Terminal;
import dev.weir.v1.RoutingServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Thousands of rides that a server follows at a time. */
@Command(
    name = "bench tracking",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Lets a server follow thousands of rides over gRPC and tells what that costs it.")
public final class Tracking implements Callable<Integer> {

  private static final int TRIPS = 200;
  private static final double MICROS_PER_MILLI = 1_000;

  @Option(
      names = "--rides",
      defaultValue = "10000",
      description = "At a time, each with a stream of its own (${DEFAULT-VALUE}).")
  private int rides;

  @Option(
      names = "--connections",
      defaultValue = "20",
      description = "That the streams share (${DEFAULT-VALUE}).")
  private int connections;

  @Option(
      names = "--starts",
      defaultValue = "200",
      description = "Rides that begin in a second (${DEFAULT-VALUE}).")
  private int starts;

  @Option(
      names = "--every",
      defaultValue = "5",
      description = "Seconds between two positions of a ride (${DEFAULT-VALUE}).")
  private int everySeconds;

  @Option(
      names = "--aside-every",
      defaultValue = "100",
      description = "Positions after which a ride leaves its way; 0 for never (${DEFAULT-VALUE}).")
  private int asideEvery;

  @Option(
      names = "--seconds",
      defaultValue = "60",
      description = "With all rides under way (${DEFAULT-VALUE}).")
  private int seconds;

  @Option(names = "--seed", defaultValue = "7", description = "Of trips (${DEFAULT-VALUE}).")
  private long seed;

  @Mixin private Started ground = new Started();

  private final Terminal terminal = Terminal.standard();
  private final List<ManagedChannel> channels = new ArrayList<>();

  Tracking() {}

  /** Runs it and ends this process. */
  public static void main(String[] arguments) {
    System.exit(Commands.execute(new Tracking(), Commands.ERR, arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (rides < 1 || connections < 1 || starts < 1 || everySeconds < 1 || seconds < 1) {
      throw new IllegalArgumentException("all numbers have to be positive");
    }
    String settings =
        "grpc:\n  max-concurrent-streams: "
            + (rides / connections + 1)
            + "\n  max-rides: "
            + rides
            + "\n";
    Contender contender =
        Contender.weir(ground.common(), Contender.WEIR, ground.weirJar(), List.of(), settings);
    Pinning pinning = new Pinning();
    terminal.say("starting weir, its output goes to %s", contender.log());
    try (ServerProcess server = contender.start(pinning.server())) {
      for (int i = 0; i < connections; i++) {
        channels.add(
            NettyChannelBuilder.forAddress("127.0.0.1", contender.grpcPort())
                .usePlaintext()
                .directExecutor()
                .build());
      }
      run(Host.of(server));
      return Commands.DONE;
    } finally {
      channels.forEach(ManagedChannel::shutdownNow);
    }
  }

  private void run(Host host) throws IOException {
    List<Trip> trips =
        Trips.draw(
            host.address(), RoutingServiceGrpc.newBlockingStub(channels.getFirst()), TRIPS, seed);
    double memoryBefore = host.memoryMib();
    terminal.say("%s, %d trips; resident before: %.0f MiB", ground.mapName(), TRIPS, memoryBefore);
    Tally tally = new Tally();
    List<Rider> riders = start(trips, tally);
    double memoryAtStart = host.memoryMib();
    terminal.say(
        "%d of %d rides follow a route; resident: %.0f MiB",
        tally.following(), rides, memoryAtStart);
    Usage before = host.usage();
    long positions = tally.positions();
    long told = tally.told();
    drive(riders);
    Usage.Share share = host.usage().since(before);
    double memory = host.memoryMib();
    terminal.say(
        "positions %.0f/s, progress told %.0f/s, server: %.0f %% of a processor, resident %.0f MiB"
            + " (%.1f KiB more per ride)",
        (tally.positions() - positions) / (double) seconds,
        (tally.told() - told) / (double) seconds,
        share.serverPercent(),
        memory,
        (memory - memoryBefore) * 1_024 / rides);
    say("first routes", tally.firstRoutes());
    say("other routes", tally.otherRoutes());
    terminal.say("notices %d, ended by the server %d", tally.notices(), tally.ends());
    terminal.say(
        "failed: %s",
        tally.failures().isEmpty()
            ? "none"
            : tally.failures().entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue().sum())
                .collect(Collectors.joining(", ")));
    riders.forEach(Rider::leave);
  }

  private List<Rider> start(List<Trip> trips, Tally tally) {
    List<Rider> riders = new ArrayList<>();
    int steps = Math.max(10, 600 / everySeconds);
    long gapNanos = Duration.ofSeconds(1).toNanos() / starts;
    long dueNanos = System.nanoTime();
    for (int i = 0; i < rides; i++) {
      Rider rider = new Rider(trips.get(i % trips.size()), tally, steps, asideEvery);
      riders.add(rider);
      rider.start(RoutingServiceGrpc.newStub(channels.get(i % connections)));
      dueNanos += gapNanos;
      await(dueNanos);
    }
    await(System.nanoTime() + Duration.ofSeconds(2).toNanos());
    return riders;
  }

  /** Positions are spread evenly over the time between two of a ride. */
  private void drive(List<Rider> riders) {
    long gapNanos = Duration.ofSeconds(everySeconds).toNanos() / riders.size();
    long dueNanos = System.nanoTime();
    long untilNanos = dueNanos + Duration.ofSeconds(seconds).toNanos();
    for (int i = 0; dueNanos - untilNanos < 0; i = (i + 1) % riders.size()) {
      riders.get(i).drive();
      dueNanos += gapNanos;
      await(dueNanos);
    }
  }

  private static void await(long untilNanos) {
    for (long left = untilNanos - System.nanoTime();
        left > 0;
        left = untilNanos - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private void say(String what, Histogram micros) {
    terminal.say(
        "%s: %d, p50 %.1f ms, p99 %.1f ms",
        what,
        micros.getTotalCount(),
        micros.getValueAtPercentile(50) / MICROS_PER_MILLI,
        micros.getValueAtPercentile(99) / MICROS_PER_MILLI);
  }
}
