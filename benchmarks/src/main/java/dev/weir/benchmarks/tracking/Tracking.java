package dev.weir.benchmarks.tracking;

import dev.weir.benchmarks.load.ConnectionPool;
import dev.weir.benchmarks.load.Contender;
import dev.weir.benchmarks.load.LoadException;
import dev.weir.benchmarks.load.Pinning;
import dev.weir.benchmarks.load.Rig;
import dev.weir.benchmarks.load.ServerProcess;
import dev.weir.benchmarks.load.http2.Links;
import dev.weir.benchmarks.riders.City;
import dev.weir.benchmarks.riders.Commands;
import dev.weir.benchmarks.riders.Door;
import dev.weir.benchmarks.riders.Host;
import dev.weir.benchmarks.riders.Output;
import dev.weir.benchmarks.riders.Protocol;
import dev.weir.benchmarks.riders.Rehearsal;
import dev.weir.benchmarks.riders.Started;
import dev.weir.benchmarks.riders.Terminal;
import dev.weir.benchmarks.tracking.Fleet.Berth;
import dev.weir.benchmarks.tracking.Fleet.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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

  /** Straight, so that a ride is no matter of some steps. */
  private static final double LEAST_KM = 1;

  /** From start to destination, if there are that many positions in it. */
  private static final int TRIP_SECONDS = 600;

  private static final int LEAST_STEPS = 10;

  /** From the last start until it counts. */
  private static final Duration SETTLE = Duration.ofSeconds(2);

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
      description = "Rides that begin in a second, in the mean (${DEFAULT-VALUE}).")
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

  @Option(names = "--out", description = "Directory for the report and all values.")
  private @Nullable Path out;

  private final Terminal terminal = Terminal.standard();

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
    int perConnection = Math.ceilDiv(rides, connections);
    Contender contender =
        Contender.weir(
            ground.common(),
            Contender.WEIR,
            ground.weirJar(),
            List.of(),
            "grpc:\n  max-concurrent-streams: %d\n  max-rides: %d\n"
                .formatted(perConnection, rides));
    Pinning pinning = new Pinning();
    if (!pinning.works()) {
      terminal.say("NOT PINNED: server and generator share processors, the figures mean little");
    }
    terminal.say("starting weir, its output goes to %s", contender.log());
    try (ServerProcess server = contender.start(pinning.server());
        Rig rig = new Rig(1)) {
      Door door = Door.of(contender, Protocol.GRPC, 1);
      Host host = Host.of(server, door);
      List<City.Trip> trips =
          Rehearsal.trips(rig, host, terminal, seed).stream()
              .filter(trip -> trip.km() >= LEAST_KM)
              .toList();
      if (trips.isEmpty()) {
        throw new LoadException("there are hardly any ways on this map");
      }
      ConnectionPool<Berth> berths =
          rig.open(
              door.address(),
              connections,
              Links.of(perConnection, (pool, link) -> new Berth(link)));
      Watch watch = new Watch(rig, host, terminal);
      return publish(watch.follow(berths, plan(), trips), watch.tally(), pinning.works());
    }
  }

  private Plan plan() {
    int steps = Math.max(LEAST_STEPS, TRIP_SECONDS / everySeconds);
    return new Plan(
        rides,
        starts,
        Duration.ofSeconds(everySeconds),
        SETTLE,
        Duration.ofSeconds(seconds),
        new Ride.Course(steps, asideEvery),
        seed);
  }

  private int publish(Followed followed, Tally tally, boolean pinned) throws IOException {
    followed.lines().forEach(line -> terminal.say("%s", line));
    Map<String, String> conditions = Output.conditions();
    conditions.put("Map", ground.mapName());
    conditions.put("Protocol", "gRPC, TrackRide, " + connections + " connections");
    conditions.put("Processors", pinned ? "server on one, generator on another" : "not pinned");
    conditions.put("Rides", rides + ", " + starts + " begin in a second");
    conditions.put("Positions", "every " + everySeconds + " s");
    conditions.put("Aside", asideEvery == 0 ? "never" : "every " + asideEvery + " positions");
    conditions.put("Seed", Long.toString(seed));
    Path directory = Output.directory(out, "tracking");
    Output.json(
        directory.resolve("result.json"),
        Map.of("conditions", conditions, "claimed", followed.claim().holds(), "result", followed));
    Output.histograms(directory, "", tally.histograms());
    Files.writeString(directory.resolve("report.html"), Page.of(conditions, followed));
    terminal.say("report and all values: %s", directory);
    return followed.claim().holds() ? Commands.DONE : Commands.NOT_CLAIMED;
  }
}
